//! HTML.

use super::{Markup, shows};

#[test]
fn paragraphs_of_a_curated_article_with_entities() {
    shows(
        Markup::Html,
        60,
        r"<p>Virtual wards let patients recover at home, and nurses watch over forty of them from one room.
Hospitals count the beds they no longer need.&nbsp;</p><p>&nbsp;</p><p>“It is calmer,” says one nurse &amp; mother of two &ndash; and safer.</p>",
        r"
Virtual wards let patients recover at home, and nurses watch
over forty of them from one room. Hospitals count the beds
they no longer need.

“It is calmer,” says one nurse & mother of two – and safer.
",
    );
}

#[test]
fn headings_rules_and_styles() {
    shows(
        Markup::Html,
        40,
        r#"<h1>Care, <em>virtually</em></h1><p style="color:red">A <b>bold</b>, an <i>italic</i> and a <del>struck</del> word; run <code>sync</code> now.</p><hr><h3 id=x>Next</h3>done"#,
        r"
# Care, virtually

A bold, an italic and a ~~struck~~ word;
run `sync` now.

────────────────────────────────────────

### Next

done
",
    );
}

#[test]
fn links_are_numbered_once_for_each_target() {
    shows(
        Markup::Html,
        60,
        r##"<p>See <a href="https://a.example/x">the report</a>, <a href="https://b.example">its data</a> and <a href="https://a.example/x">the report again</a>. <a href="#top">Back to top</a> <a name="here">here</a></p><p><a href="/about"><img src="logo.png" alt="About us"></a></p>"##,
        r"
See the report[1], its data[2] and the report again[1]. Back
to top here

[image: About us, logo.png][3]
",
    );
}

#[test]
fn nested_lists_with_omitted_end_tags() {
    shows(
        Markup::Html,
        50,
        r"<ul><li>Intake<ul><li>Triage nurse calls back within the hour, at any time of the day<li>Bed manager</ul><li>Ward<ol start=9><li>Morning<li>Evening</ol></ul>",
        r"
• Intake
  • Triage nurse calls back within the hour, at
    any time of the day
  • Bed manager
• Ward
   9. Morning
  10. Evening
",
    );
}

#[test]
fn an_entry_with_several_paragraphs() {
    shows(
        Markup::Html,
        50,
        r"<ol><li><p>Measure.</p><p>Twice, at the same time of day.</p></li><li><p>Send.</p></li></ol>",
        r"
1. Measure.

   Twice, at the same time of day.

2. Send.
",
    );
}

#[test]
fn a_quote_within_a_quote() {
    shows(
        Markup::Html,
        44,
        r"<blockquote><p>We said what the board had said:</p><blockquote>No more pagers by the end of the year.</blockquote><p>And so it was.</p></blockquote>",
        r"
│ We said what the board had said:
│
│ │ No more pagers by the end of the year.
│
│ And so it was.
",
    );
}

#[test]
fn a_table_with_spans_in_narrow_room() {
    shows(
        Markup::Html,
        46,
        r"<table><caption>Beds</caption><thead><tr><th>Site<th>Beds at home<th>Notes</tr></thead><tbody><tr><td rowspan=2>North</td><td>40</td><td>Opened in spring, staffed by the wards in turn</td></tr><tr><td>12</td><td>Children</td></tr><tr><td colspan=3>South opens in June</td></tr></tbody></table>",
        r"
Beds

Site  │ Beds at home │ Notes
──────┼──────────────┼────────────────────────
North │ 40           │ Opened in spring,
      │              │ staffed by the wards in
      │              │ turn
      ├──────────────┼────────────────────────
      │ 12           │ Children
──────┼──────────────┼────────────────────────
South opens in June
",
    );
}

#[test]
fn a_table_without_room_becomes_records() {
    shows(
        Markup::Html,
        24,
        r"<table><tr><th>Organisation</th><th>Implementation</th><th>Responsibility</th></tr><tr><td>Northbridge</td><td>completed</td><td>informatics</td></tr><tr><td>Saltmarsh</td><td>postponed</td><td></td></tr></table>",
        r"
Organisation:
Northbridge
Implementation:
completed
Responsibility:
informatics

Organisation: Saltmarsh
Implementation:
postponed
Responsibility:
",
    );
}

#[test]
fn a_table_that_only_places_things() {
    shows(
        Markup::Html,
        50,
        r"<table width=100%><tr><td><h2>Digest</h2><p>Three stories this week.</p></td></tr><tr><td><ul><li>One</li><li>Two</li></ul></td></tr></table>",
        r"
## Digest

Three stories this week.

• One
• Two
",
    );
}

#[test]
fn a_definition_list() {
    shows(
        Markup::Html,
        50,
        r"<dl><dt>RPM<dt>Remote monitoring<dd>Readings taken at home and watched from elsewhere.<dd>Often billed monthly.<dt>EHR<dd>The record.</dl>",
        r"
RPM
Remote monitoring
  Readings taken at home and watched from
  elsewhere.
  Often billed monthly.
EHR
  The record.
",
    );
}

#[test]
fn a_figure_a_frame_and_a_film() {
    shows(
        Markup::Html,
        60,
        r#"<figure><img src="/img/ward.jpg" alt="A ward at night" width="590" height="300"><figcaption>The ward, empty.</figcaption></figure><iframe src="https://video.example/embed/9" title="Tour of the ward"></iframe><video src="/v/a.mp4"><p>Your browser is old</p></video><img src="https://t.example/p.gif" width=1 height=1>"#,
        r"
[image: A ward at night, 590 x 300, /img/ward.jpg]

The ward, empty.

[frame: Tour of the ward][1]
[video: /v/a.mp4][2]
",
    );
}

#[test]
fn code_in_html_keeps_its_lines_and_names_its_language() {
    shows(
        Markup::Html,
        40,
        "<p>Use:</p><pre><code class=\"language-json\">\n{\n\t\"beds\": 40,\n\t\"note\": \"a long line that does not fit in here\"\n}\n</code></pre>",
        r#"
Use:

  json:
  {
      "beds": 40,
      "note": "a long line that does not
↪  fit in here"
  }
"#,
    );
}

#[test]
fn broken_nesting_and_unclosed_tags() {
    shows(
        Markup::Html,
        50,
        r"<div><p>One <b>two <i>three</b> four</i><p>Five</div></div></span><table><tr><td>cell<p>more</table></td>after <a href=https://a.example>end",
        r"
One two three four

Five

cell

more

after end[1]
",
    );
}

#[test]
fn line_breaks_as_the_source_asks() {
    shows(
        Markup::Html,
        50,
        r"12 Harbour Road<br/>Saltmarsh<br><br><br>Phone 555<br>",
        r"
12 Harbour Road
Saltmarsh

Phone 555
",
    );
}

#[test]
fn wide_characters_wrap_at_their_width() {
    shows(
        Markup::Html,
        20,
        r"<p>虚拟病房让患者在家中康复，护士在一个房间里照看四十位患者。</p><p>👩‍⚕️ teams grow 🇳🇴🇸🇪</p>",
        r"
虚拟病房让患者在家中
康复，护士在一个房间
里照看四十位患者。

👩‍⚕️ teams grow 🇳🇴🇸🇪
",
    );
}

#[test]
fn superscripts_quotations_and_details() {
    shows(
        Markup::Html,
        60,
        r"<details><summary>More</summary>10<sup>6</sup> readings on the 1<sup>st</sup> of May; H<sub>2</sub>O; <q>said</q></details>",
        r"
More

10^6 readings on the 1st of May; H2O; “said”
",
    );
}
