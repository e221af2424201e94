//! One made-up file: an article as front matter in the sample's full shape, with the drift and the oddities of real ones.

use crate::content::body;

use super::article::{Article, Offering};
use super::chance::Chance;
use super::yaml::Front;

/// What a file of the library says twice and derives, some of it out of step.
struct Facts<'a> {
    article: &'a Article,
    id: usize,
    name: String,
    date: String,
    url: String,
    slug: String,
    /// The five lists of topics.
    lists: Lists,
    oddity: Option<Oddity>,
}

struct Lists {
    topics: Vec<String>,
    slugs: Vec<String>,
    urls: Vec<String>,
    labels: Vec<String>,
    custom: Vec<String>,
}

/// Odd but legal ways to write a file, as they are met.
#[derive(Clone, Copy, PartialEq)]
enum Oddity {
    CrLf,
    ByteOrderMark,
    Comments,
    QuotedKey,
    NoTopicKeys,
    EmptyLists,
    NoStatus,
    BareDate,
}

const ODDITIES: [Oddity; 8] = [
    Oddity::CrLf,
    Oddity::ByteOrderMark,
    Oddity::Comments,
    Oddity::QuotedKey,
    Oddity::NoTopicKeys,
    Oddity::EmptyLists,
    Oddity::NoStatus,
    Oddity::BareDate,
];

/// Path and text of an item.
pub(super) fn file(item: usize, article: &Article, chance: &mut Chance) -> (String, String) {
    let (year, month, day) = (2020 + chance.below(3), 1 + chance.below(12), 1 + chance.below(28));
    let name = name(item, chance);
    let slug = slug(&article.title);
    let oddity = (item % 40 == 17).then(|| ODDITIES[item / 40 % ODDITIES.len()]);
    let facts = Facts {
        id: 10_000 + item,
        date: format!("{year}-{month:02}-{day:02}"),
        url: format!("https://www.{}/{year}/{month:02}/{}", article.brand, short(&slug)),
        lists: lists(item, article, oddity, chance),
        name,
        slug,
        oddity,
        article,
    };
    let mut front = Front::default();
    head(&mut front, &facts, chance);
    image(&mut front, &facts, chance);
    html_meta(&mut front, &facts);
    links(&mut front, &facts);
    social(&mut front, &facts, chance);
    tail(&mut front, &facts, chance);
    let text = format!("---\n{}---\n{}", front.out, article.body);
    let text = match oddity {
        Some(Oddity::CrLf) => text.replace('\n', "\r\n"),
        Some(Oddity::ByteOrderMark) => format!("\u{feff}{text}"),
        _ => text,
    };
    (format!("content/news/{year}/{month:02}/{}.md", facts.name), text)
}

/// A name like a UUID's; its first part tells the items apart.
fn name(item: usize, chance: &mut Chance) -> String {
    // An odd factor maps the first 2^32 items to as many names.
    let first = (item as u32).wrapping_mul(0x9e37_79b1) ^ 0xe5e1_f98f;
    let (a, b) = (chance.next(), chance.next());
    format!(
        "{first:08x}-{:04x}-5{:03x}-9{:03x}-{:012x}",
        a as u16,
        a >> 16 & 0xfff,
        a >> 32 & 0xfff,
        b & 0xffff_ffff_ffff
    )
}

/// Lower case, apostrophes dropped, other runs of what is not a letter or digit one `-`.
pub(super) fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in text.chars().filter(|c| *c != '\'') {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_string()
}

/// The first words of a slug, as sites shorten their addresses.
fn short(slug: &str) -> &str {
    let end = slug.match_indices('-').map(|(at, _)| at).take_while(|at| *at <= 28).last();
    &slug[..end.filter(|_| slug.len() > 28).unwrap_or(slug.len())]
}

fn lists(item: usize, article: &Article, oddity: Option<Oddity>, chance: &mut Chance) -> Lists {
    let untagged = oddity == Some(Oddity::EmptyLists) || (item > 0 && chance.percent(3));
    let topics: Vec<String> = article.topics.iter().filter(|_| !untagged).map(|t| t.to_string()).collect();
    let label = |t: &String| t.split_once(": ").map_or(t.clone(), |(_, label)| label.to_string());
    let mut lists = Lists {
        slugs: topics.iter().map(|t| t.to_lowercase()).collect(),
        urls: topics.iter().map(|t| format!("topic/{}", slug(t))).collect(),
        labels: topics.iter().map(label).collect(),
        custom: topics.clone(),
        topics,
    };
    // Lists that are out of step, as hand edits leave them.
    match chance.below(100) {
        0..3 => {
            if let Some(last) = lists.labels.last_mut() {
                *last = last.to_lowercase();
            }
        }
        3..5 if lists.custom.len() > 1 => drop(lists.custom.pop()),
        5 if lists.urls.len() > 1 => lists.urls.swap(0, 1),
        _ => {}
    }
    lists
}

fn head(front: &mut Front, facts: &Facts<'_>, chance: &mut Chance) {
    let Facts { article, lists, .. } = facts;
    if facts.oddity == Some(Oddity::Comments) {
        front.out.push_str("# Imported from the old desk; checked by hand.\n");
    }
    // Some aliases still have the slug of an earlier title.
    let stale = if chance.percent(2) { "-updated" } else { "" };
    front.text("aliases", &format!("/news/{}{stale}", facts.slug));
    front.text("archetype", "curated-content");
    front.list("author", &article.authors);
    front.text("basePath", "/news/");
    front.list("breadcrumbLinks", &["/", "/news/", ""]);
    front.list("breadcrumbs", &["Home", "News", &article.title]);
    if facts.oddity != Some(Oddity::NoTopicKeys) {
        front.list("categories", &lists.topics);
        front.list("categorySlug", &lists.slugs);
        front.list("categoryUrl", &lists.urls);
        front.list("categoryLabel", &lists.labels);
    }
    front.text("contentCategories", "desk-news-curated-content");
    front.nulls(&["institution", "offering"]);
    front.text("layOut", "single");
    match facts.oddity {
        Some(Oddity::BareDate) => front.plain("date", &facts.date),
        _ => front.text("date", &facts.date),
    }
    front.text("description", &description(&article.body));
    front.nulls(&["favIconImage"]);
}

/// The first 200 characters of the body's text, cut where that is.
fn description(html: &str) -> String {
    // Six hundred characters of the first paragraph hold two hundred of text.
    let paragraph = &html[..html.find("</p>").unwrap_or(html.len())];
    let start: String = paragraph.chars().take(600).collect();
    let cut: String = body::text(&start).chars().take(200).collect();
    cut.trim_end().to_string()
}

fn image(front: &mut Front, facts: &Facts<'_>, chance: &mut Chance) {
    front.map("featuredImage", |image| {
        image.text("alt", &facts.article.title);
        image.text("format", "JPEG");
        image.text("href", &format!("{}-featuredImage.jpeg", facts.name));
        image.map("size", |size| {
            // A list of numbers, which need no quotes.
            size.out.push_str(&format!(
                "    - {}\n    - {}\n",
                280 + 20 * chance.below(6),
                480 + 10 * chance.below(30)
            ));
        });
        image.plain("valid", chance.percent(92));
        image.plain("workPackage", facts.id);
        image.map("wpAttachment", |attachment| {
            attachment.text("fileName", "Curated_Featured_Image.png");
            attachment.text("link", &format!("/api/v3/attachments/{}/content", facts.id * 2 + 7));
        });
    });
    front.nulls(&["featuredPdf"]);
}

fn html_meta(front: &mut Front, facts: &Facts<'_>) {
    let Facts { article, .. } = facts;
    front.map("htmlMetaData", |meta| {
        meta.nulls(&["author", "description", "generator"]);
        meta.text("viewport", "initial-scale=1");
        meta.nulls(&["articlemodified_time", "articlepublished_time", "msvalidate.01"]);
        meta.text("ogdescription", &article.teaser);
        meta.text("ogimage", &image_url(facts));
        meta.nulls(&["ogsite_name"]);
        meta.text("ogtitle", &article.title);
        meta.text("ogtype", "article");
        meta.nulls(&["ogupdated_time", "ogurl", "yandex-verification"]);
        meta.text("robots", "INDEX,FOLLOW,NOARCHIVE");
        meta.nulls(&["fbapp_id", "oglocale", "fbadmins", "articlepublisher", "google-site-verification", "keywords"]);
    });
}

fn image_url(facts: &Facts<'_>) -> String {
    format!("https://img.{}/{}/cover.jpg", facts.article.brand, facts.id)
}

fn links(front: &mut Front, facts: &Facts<'_>) {
    let micros = facts.id * 7919 % 1_000_000;
    front.plain("id", facts.id);
    front.text("identifier", "News");
    front.text("lastMod", &format!("{}T{:02}:{:02}:07.{micros:06}Z", facts.date, micros % 24, micros % 60));
    front.map("link", |link| {
        link.text("brand", facts.article.brand);
        link.text("href", &facts.url);
        link.text("original", &facts.url);
    });
    front.text("href", &facts.url);
    front.text("original", &facts.url);
    front.text("mastHead", "NEWS");
    front.text("mdName", &format!("{}.md", facts.name));
}

fn social(front: &mut Front, facts: &Facts<'_>, chance: &mut Chance) {
    let Facts { article, lists, .. } = facts;
    // Titles are shortened by hand where they are shared.
    let shared = if chance.percent(4) { article.title.split([':', ',']).next().unwrap_or("") } else { &article.title };
    front.map("openGraphMetaData", |graph| {
        graph.text("ogdescription", &article.teaser);
        graph.text("ogtitle", shared);
        graph.nulls(&["ogurl"]);
        graph.text("ogimage", &image_url(facts));
        graph.nulls(&["ogsite_name"]);
        graph.text("ogtype", "article");
        graph.nulls(&["ogupdated_time", "ogimageheight"]);
    });
    front.map("openProjectCustomFields", |custom| {
        custom.text("cleanUrl", &facts.url);
        if facts.oddity != Some(Oddity::NoTopicKeys) {
            custom.list("medigyTopics", &lists.custom);
        }
        custom.text("sourceUrl", &facts.url);
    });
    front.text("openProjectWorkPackageType", "Curated Content");
    front.text("searchCategory", "News");
    let brand = article.brand.rsplit_once('.').map_or(article.brand, |(name, _)| name);
    front.text("slug", &format!("{brand}-{}", facts.slug));
    front.text("source", "desk-curations");
}

fn tail(front: &mut Front, facts: &Facts<'_>, chance: &mut Chance) {
    let Facts { article, .. } = facts;
    let status = match chance.below(100) {
        0..7 => "approved",
        7..11 => "rejected",
        11..13 => "deferred",
        _ => "",
    };
    match facts.oddity {
        Some(Oddity::NoStatus) => {}
        Some(Oddity::Comments) => front.out.push_str(&format!("status: '{status}' # set at the desk\n")),
        _ => front.text("status", status),
    }
    front.text("sub", if chance.percent(70) { "brief" } else { "story" });
    front.list("tags", &["News"]);
    let title = if facts.oddity == Some(Oddity::QuotedKey) { "\"title\"" } else { "title" };
    front.text(title, &article.title);
    front.text("via", " ");
    front.nulls(&["insights_description", "insights_name", "viaLink"]);
    offerings(front, &article.offerings, chance);
    front.map("twitterMetaData", |twitter| {
        twitter.nulls(&["twittercard"]);
        twitter.text("twitterdescription", &article.teaser);
        let shared = if chance.percent(3) { format!("{} | News", article.title) } else { article.title.clone() };
        twitter.text("twittertitle", &shared);
        twitter.nulls(&["twitterimage", "twitterurl"]);
    });
}

fn offerings(front: &mut Front, offerings: &[Offering], chance: &mut Chance) {
    if offerings.is_empty() || chance.percent(4) {
        return front.plain("relatedOfferings", "[]");
    }
    front.out.push_str("relatedOfferings:\n");
    for offering in offerings {
        // A few entries have another spelling of the label.
        let label = if chance.percent(1) { offering.label.to_uppercase() } else { offering.label.clone() };
        front.entry(|entry| {
            entry.text("label", &label);
            entry.text("permalink", &format!("/offering/{}", slug(&offering.label)));
            entry.list("categories", &offering.topics);
            entry.plain("offeringId", offering.id);
        });
    }
}
