//! Markdown, and what of HTML and templates stands in it.

use super::{Markup, render, shows};

#[test]
fn markdown_with_everything_common() {
    shows(
        Markup::Markdown,
        60,
        r#"# Rounds at home

A nurse *calls*, a doctor **decides**; ~~fax~~ is gone. Read [the guide](https://a.example "t") or <https://b.example>.

1. Measure
   - pulse
   - [x] weight
   - [ ] sleep
2. Send

> [!NOTE]
> Not for emergencies.

```rust
fn main() {}
```

![A ward](ward.png)
"#,
        r"
# Rounds at home

A nurse calls, a doctor decides; ~~fax~~ is gone. Read the
guide[1] or https://b.example[2].

1. Measure
   • pulse
   [x] weight
   [ ] sleep
2. Send

│ Note
│
│ Not for emergencies.

  rust:
  fn main() {}

[image: A ward, ward.png]
",
    );
}

#[test]
fn a_markdown_table_and_footnotes() {
    shows(
        Markup::Markdown,
        50,
        r"| Site | Beds |
| --- | ---: |
| North | 40 |
| [South](/s) | `12` |

Counted in May[^1], and again in June.[^n]

[^1]: By hand.
[^n]: By machine,
    twice.
",
        r"
Site     │ Beds
─────────┼─────
North    │   40
South[1] │ `12`

Counted in May[^1], and again in June.[^n]

────────────────────
[^1] By hand.
[^n] By machine, twice.
",
    );
}

#[test]
fn columns_stand_as_the_table_says() {
    shows(
        Markup::Markdown,
        50,
        "| Ward | Beds | Open | 病房 |\n| :--- | ---: | :--: | ---: |\n| North | 4 | yes | 北 |\n| S | 120 | n | 南方 |\n",
        r"
Ward  │ Beds │ Open │ 病房
──────┼──────┼──────┼─────
North │    4 │ yes  │   北
S     │  120 │  n   │ 南方
",
    );
    shows(
        Markup::Html,
        50,
        "<table><tr><th>Ward</th><th align=right>Beds</th></tr><tr><td>North<td ALIGN='Right'>4</table>",
        r"
Ward  │ Beds
──────┼─────
North │    4
",
    );
}

#[test]
fn shortcodes_are_quiet_labels() {
    shows(
        Markup::Markdown,
        60,
        r#"{{< note >}}
A {{< tooltip text="virtual ward" id="vw" >}} has no walls.
{{< /note >}}

See [the guide]({{< ref "/docs/guide" >}}) and {% include nav.html %}.

{{< figure src="a.png" alt="A ward" >}}
{{% tab %}}

<Tabs group={a > b}>

Inside `{{< code >}}` stays.

</Tabs>
"#,
        r"
{note}

A {virtual ward} has no walls.

{/note}

See the guide[1] and {include nav.html}.

{figure: A ward}
{tab}
{Tabs}

Inside `{{< code >}}` stays.

{/Tabs}
",
    );
}

#[test]
fn raw_html_within_markdown() {
    shows(
        Markup::Markdown,
        50,
        r#"Some *text*<br>with <kbd>Esc</kbd> and <span style="x">spans</span>.

<div class="callout">
<b>Note</b>: plain

- a Markdown list
</div>

<table><tr><td>a</td><td>b</td></tr></table>

Term
: What it means
"#,
        r"
Some text
with `Esc` and spans.

Note: plain

• a Markdown list

a │ b

Term
  What it means
",
    );
}

#[test]
fn escapes_and_bidi_controls_are_marks() {
    shows(
        Markup::Html,
        50,
        "<p>red \u{1b}[31malert\u{7} and \u{202e}evil\u{202c}, soft\u{ad}hyphen, zero\u{200b}width &#x9b;31m</p><pre>a\u{1b}[2J\tb</pre>",
        r"
red ␛[31malert␇ and �evil�, softhyphen, zerowidth
›31m

  a␛[2J   b
",
    );
}

#[test]
fn headings_links_and_references_say_where_they_are() {
    let page = render("# One\n\ntext [a](/x)\n\n> ## Two `c` [b](/y)\n", Markup::Markdown, 40);
    let outline: Vec<_> = page.headings.iter().map(|h| (h.line, h.level, h.text.as_str())).collect();
    assert_eq!(outline, [(0, 1, "One"), (4, 2, "Two c b")]);
    let targets: Vec<_> = page.links.iter().map(|l| (l.target.as_str(), l.text.as_str())).collect();
    assert_eq!(targets, [("/x", "a"), ("/y", "b")]);
    let references: Vec<_> = page.references(40).iter().map(crate::preview::Line::text).collect();
    assert_eq!(references, ["[1] /x", "[2] /y"]);
}

#[test]
fn a_file_of_markdown_may_be_html_through_and_through() {
    assert_eq!(Markup::of("a/b.HTML"), Markup::Html);
    assert_eq!(Markup::of("a/b.mdx"), Markup::Markdown);
    shows(Markup::Markdown, 40, "<p>one\n\n    two_three_four</p>", "one two_three_four\n");
}

#[test]
fn text_that_reads_from_right_to_left_keeps_its_words_and_never_turns_the_line_around() {
    shows(
        Markup::Markdown,
        30,
        "مرحبا بكم في الجناح الافتراضي حيث يتعافى المرضى في منازلهم.\n\n- שלום, *עולם*\n- and \u{202e}back\u{202c}\n",
        r"
مرحبا بكم في الجناح الافتراضي
حيث يتعافى المرضى في منازلهم.

• שלום, עולם
• and �back�
",
    );
}

#[test]
fn a_word_longer_than_the_line_is_broken_between_letters_without_a_hyphen() {
    shows(
        Markup::Html,
        24,
        "<p>See https://wards.example.org/a/very/long/path/without/blanks for Donaudampfschifffahrtsgesellschaft&shy;skapitän.</p>",
        r"
See
https://wards.example.or
g/a/very/long/path/witho
ut/blanks for
Donaudampfschifffahrtsge
sellschaftskapitän.
",
    );
}

#[test]
fn tags_of_mdx_and_liquid_are_quiet_labels_and_their_text_stays() {
    shows(
        Markup::Markdown,
        60,
        r#"import { Chart } from './chart'
export const beds = 40

{% assign ward = "North" %}
{% raw %}{{ ward }} stays{% endraw %}

<Chart data={beds} title="Beds" />

There are {beds} beds in {{ site.ward }}, says {{ page.author | upcase }}.

{% if page.open %}
Open now.
{% endif %}

{/* a note for editors */}
"#,
        r#"
{import Chart}
{export beds}
{assign ward = "North"}

{raw}{ward} stays{endraw}

{Chart: Beds}

There are {beds} beds in {site.ward}, says {page.author |
upcase}.

{if page.open}

Open now.

{endif}
"#,
    );
}

#[test]
fn a_list_with_code_a_table_and_a_quote_within_its_entries() {
    shows(
        Markup::Markdown,
        44,
        r"1. Sync the scale:

   ```sh
   scale --sync
   ```

2. Compare:

   | Day | kg |
   | --- | -: |
   | Mon | 81 |

   > As the nurse said.

   - [x] done
",
        r"
1. Sync the scale:

     sh:
     scale --sync

2. Compare:

   Day │ kg
   ────┼───
   Mon │ 81

   │ As the nurse said.

   [x] done
",
    );
}
