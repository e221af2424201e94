//! What must hold of any body, however deep, long, broken or hostile.
use super::blocks::Markup;
use super::render;

/// What must hold of any body: no line wider than its width, nothing in it that a terminal obeys.
#[track_caller]
fn holds(body: &str, markup: Markup, width: usize) {
    holds_when_laid_out(&super::blocks::parse(body, markup), width, body);
}

#[track_caller]
fn holds_when_laid_out(parsed: &super::blocks::Parsed, width: usize, body: &str) {
    let page = super::wrap::lay_out(parsed, width);
    let references = page.references(width);
    let body_lines = page.lines.iter().map(|line| (line, width.min(80)));
    for (line, width) in body_lines.chain(references.iter().map(|line| (line, width))) {
        let text = line.text();
        assert!(line.width() <= width, "{width}: {text:?} in {body:?}");
        let harmless = |c: char| !c.is_control() && !crate::shown::is_invisible_control(c);
        let plain = text.is_ascii() && !text.bytes().any(|b| b.is_ascii_control());
        assert!(plain || text.chars().all(harmless), "{text:?} in {body:?}");
    }
    assert!(page.headings.iter().all(|h| h.line < page.lines.len()), "{body:?}");
}

#[test]
fn no_depth_and_no_length_is_too_much() {
    let deep = |open: &str, close: &str| format!("{}deep{}", open.repeat(20_000), close.repeat(20_000));
    for body in [
        deep("<div>", "</div>"),
        deep("<b><i>", "</i></b>"),
        deep("<ul><li>", "</li></ul>"),
        deep("<blockquote>", ""),
        deep("<table><tr><td>", "</td></tr></table>"),
        deep("<dl><dd><a href=x>", ""),
        deep("</div></b></ul></table>", ""),
        deep("<svg><g>", "</g></svg>"),
        deep("<h1><pre>", "</pre></h1>"),
    ] {
        holds(&body, Markup::Html, 40);
    }
    for body in
        ["> ".repeat(20_000), "- ".repeat(20_000), "[".repeat(20_000), "*a ".repeat(20_000), "{{<".repeat(20_000)]
    {
        holds(&body, Markup::Markdown, 30);
    }
    let shown = render(&deep("<ul><li>", "</li></ul>"), Markup::Html, 40).plain();
    assert!(shown.contains("deep"), "what is nested too deep keeps its text");
}

#[test]
fn ten_megabytes_most_of_them_an_embedded_image_are_shown_to_the_end() {
    let text = "<p>A ward <b>without</b> walls.<ul><li>one<li>two</ul>".repeat(2_000);
    let body = format!("{text}<img alt=Beds src='data:image/png;base64,{}'><p>the end", "iVBORw0K".repeat(1_250_000));
    assert!(body.len() > 10_000_000);
    let page = render(&body, Markup::Html, 78);
    let last: Vec<String> = page.lines.iter().rev().take(3).map(|line| line.text().to_string()).collect();
    assert_eq!(last, ["the end", "", "[image: Beds, embedded]"]);
    assert!(page.lines.iter().all(|line| line.width() <= 78));
}

#[test]
fn every_body_of_the_corpus_renders_at_every_width() {
    let corpus = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    if !corpus.is_dir() {
        return println!("skipped: no ../shared");
    }
    let mut files = Vec::new();
    let mut folders = vec![corpus.join("corpus"), corpus.join("samples")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder that can be listed").flatten() {
            let path = entry.path();
            match path.is_dir() {
                true => folders.push(path),
                false => files.push(path),
            }
        }
    }
    files.retain(|path| path.extension().is_some_and(|e| e == "md" || e == "html"));
    assert!(files.len() > 900, "only {} files", files.len());
    std::thread::scope(|threads| {
        for share in files.chunks(files.len().div_ceil(4)) {
            threads.spawn(move || share.iter().for_each(|path| renders(path)));
        }
    });
}

#[test]
fn a_long_body_laid_out_while_it_is_read_is_what_one_thread_makes_of_it() {
    let bit = "<h2>A ward</h2><p>Without walls</p><ul><li>one<li>two</ul><p><img src=a.png></p><p><img src=b.png></p>";
    let bits = bit.repeat(super::together::LONG / bit.len() + 1);
    for cut in ["", "<p>odd</p>", "<p>odd</p><hr>", "<p>odd</p><hr><hr>", "<p>odd</p><hr><hr><hr>"] {
        is_laid_out_as_by_one(&(cut.to_string() + &bits), Markup::Html);
    }
    is_laid_out_as_by_one(&format!("<ul><li>{bits}"), Markup::Html);
    is_laid_out_as_by_one(&"<a href=/x>".repeat(20_000), Markup::Html);
    for length in [9_000, 512 * 20, 512 * 20 + 1] {
        let notes = "note[^a]\n\n[^a]: a [l](/l)\n\n[^b]: b\n\nmore[^b]\n\n".to_string()
            + &"- x\n\nparagraph\n\n".repeat(length);
        is_laid_out_as_by_one(&notes, Markup::Markdown);
    }
}

#[track_caller]
fn is_laid_out_as_by_one(body: &str, markup: Markup) {
    assert!(body.len() >= super::together::LONG);
    let alone = super::lay_out(&super::blocks::parse(body, markup), 60);
    assert!(render(body, markup, 60) == alone, "{}", &body[..60]);
}

fn renders(path: &std::path::Path) {
    let bytes = std::fs::read(path).expect("a file that can be read");
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let body = crate::content::Document::open(bytes).map_or(text, |d| d.body().to_string());
    let _ = crate::content::body::text(&body);
    let name = path.to_string_lossy();
    let parsed = super::blocks::parse(&body, Markup::of(&name));
    for width in [20, 80] {
        holds_when_laid_out(&parsed, width, &name);
    }
    // Lines are never longer than 80, however wide the terminal is.
    assert!(super::lay_out(&parsed, 120) == super::lay_out(&parsed, 80));
}

mod in_any_order {
    use super::*;
    use proptest::prelude::*;

    /// Bits that bodies are made of, and that meet in every order.
    const BITS: [&str; 44] = [
        "<p>",
        "</p>",
        "<ul>",
        "<li>",
        "</ul>",
        "<table>",
        "<tr>",
        "<td colspan=3>",
        "<td rowspan=2>",
        "<th>",
        "</table>",
        "<pre>",
        "</pre>",
        "<a href='x'>",
        "</a>",
        "<b>",
        "</b>",
        "<br>",
        "<h2>",
        "</h2>",
        "<dl>",
        "<dt>",
        "<dd>",
        "<blockquote>",
        "</blockquote>",
        "<code>",
        "</code>",
        "<svg>",
        "<img alt=x>",
        "<!--",
        "-->",
        "\n\n",
        "\n",
        "- ",
        "> ",
        "```\n",
        "| a | b |\n",
        "|--|--|\n",
        "{{< x >}}",
        "{% y",
        "[l](u)",
        "[^1]: ",
        "\u{e000}0\u{e001}",
        "# ",
    ];

    fn bit() -> impl Strategy<Value = String> {
        prop_oneof![
            4 => (0..BITS.len()).prop_map(|at| BITS[at].to_string()),
            2 => "[a-z]{1,14} ?",
            1 => "\\PC{1,4}",
            1 => any::<char>().prop_map(String::from),
            1 => Just("क्ष्म्य👩‍👩‍👧虚拟لا\u{301}".to_string()),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn bits_in_any_order_fit_and_are_harmless(bits in prop::collection::vec(bit(), 0..60), width in 1usize..90) {
            let body = bits.concat();
            holds(&body, Markup::Html, width);
            holds(&body, Markup::Markdown, width);
            let _ = crate::content::body::text(&body);
        }

        #[test]
        fn random_bytes_fit_and_are_harmless(bytes in prop::collection::vec(any::<u8>(), 0..300), width in 1usize..40) {
            let body = String::from_utf8_lossy(&bytes);
            holds(&body, Markup::Html, width);
            holds(&body, Markup::Markdown, width);
        }
    }
}
