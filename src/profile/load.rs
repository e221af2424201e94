//! Reading `.curate.yaml`, alone or on top of another profile, and the built-in profile.
//!
//! A file lies on the profile that it `extends`; without `extends`, on the one the caller gives (what was inferred), so that a file
//! of one line does not take the titles away. Sections that the file does not name stay. In those it names, maps (`linked`, `same`,
//! `derived`, `views`, `fields`, `roles`, `triage`, an offering's `fields`) merge key by key, a key with null going; lists (`columns`,
//! `required`, `prohibited`, `form`, `pinned`, the places of one `same` field) and single values are replaced. A section with null goes.
//! Where a file names another topics field, the linked lists beneath do not come along.

use super::file::File;
use super::{Origin, Profile};

/// The name of the built-in profile.
pub const CURATED_CONTENT: &str = "curated-content";

/// Why a profile cannot be read: it stops the start.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}{}: {reason}", line.map(|l| format!(":{l}")).unwrap_or_default())]
pub struct ProfileError {
    pub file: String,
    pub line: Option<usize>,
    pub reason: String,
}

impl Profile {
    /// A profile that says nothing of any field.
    pub fn empty(name: &str, origin: Origin) -> Profile {
        Profile {
            name: name.to_string(),
            origin,
            topics: None,
            offerings: None,
            same: Vec::new(),
            derived: Vec::new(),
            triage: None,
            roles: super::Roles::default(),
            columns: Vec::new(),
            views: Vec::new(),
            fields: Vec::new(),
            required: Vec::new(),
            prohibited: Vec::new(),
            form: Vec::new(),
            touch: None,
        }
    }

    /// The built-in profile `curated-content`.
    pub fn builtin() -> Profile {
        let text = include_str!("builtin.yaml");
        let mut profile =
            Profile::from_yaml(text, "builtin.yaml").expect("the built-in profile is part of the program");
        profile.name = CURATED_CONTENT.to_string();
        profile.origin = Origin::BuiltIn;
        profile.fields.iter_mut().for_each(|rule| rule.strict = false);
        profile
    }

    /// The profile that a file spells out; what it leaves out is nothing, or what it `extends`.
    ///
    /// # Errors
    /// A [`ProfileError`] with the file, the line and the reason.
    pub fn from_yaml(text: &str, file_name: &str) -> Result<Profile, ProfileError> {
        Profile::from_yaml_over(text, file_name, Profile::empty("file", Origin::File))
    }

    /// The same, on top of `beneath` where the file extends nothing: what was inferred from the items.
    ///
    /// # Errors
    /// As [`Profile::from_yaml`].
    pub fn from_yaml_over(text: &str, file_name: &str, beneath: Profile) -> Result<Profile, ProfileError> {
        let fail = |line, reason: String| ProfileError { file: file_name.to_string(), line, reason };
        // A file of comments alone is null for the parser, and says nothing.
        let file = serde_yaml::from_str::<Option<File>>(text)
            .map_err(|error| fail(error.location().map(|at| at.line()), without_place(&error.to_string())))?
            .unwrap_or_default();
        let mut profile = match file.extends.as_deref() {
            None => beneath,
            Some(CURATED_CONTENT) => Profile::builtin(),
            Some(other) => {
                let line = text.lines().position(|line| line.starts_with("extends")).map(|at| at + 1);
                let reason = format!("there is no profile `{other}` to extend; there is `{CURATED_CONTENT}`");
                return Err(fail(line, reason));
            }
        };
        profile.origin = Origin::File;
        profile.lay(file).map_err(|(section, reason)| {
            let line = text.lines().position(|line| line.starts_with(section)).map(|at| at + 1);
            fail(line, format!("{section}: {reason}"))
        })?;
        Ok(profile)
    }
}

/// The message without the place at its end, which is said apart.
fn without_place(message: &str) -> String {
    let end = message.rfind(" at line ").unwrap_or(message.len());
    message[..end].to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{Document, Value};
    use crate::profile::Kind;
    use crate::profile::derived::{derived, follows};
    use crate::profile::sample::{ITEM, front, get};
    use crate::profile::topics::linked_entry;

    fn read(text: &str) -> Result<Profile, ProfileError> {
        Profile::from_yaml(text, ".curate.yaml")
    }

    /// What a file would be read as, without where it comes from.
    fn meaning(mut profile: Profile) -> Profile {
        profile.name.clear();
        profile.origin = Origin::File;
        profile.fields.iter_mut().for_each(|rule| rule.strict = rule.kind.is_some());
        profile
    }

    #[test]
    fn every_key_of_the_design_is_read() {
        let text = "
extends: curated-content
topics:
  field: categories
  linked: {categorySlug: '{topic|lower}', extra: '{label}', categoryUrl: null}
  vocabulary: topics.yaml
  pinned: ['Orbit: Nursing']
offerings: {field: relatedOfferings, vocabulary: o.csv, fields: {label: line, permalink: '/o/{label|slug}'}}
same: {title: ['breadcrumbs[-1]'], href: null}
derived: {aliases: '/x{title|slug}'}
triage: {field: state, accept: 'yes'}
roles: {title: headline, brand: null}
columns: [title]
views: {Nursing: 'topic:nurse is:undecided sort:date'}
fields:
  description: {kind: text, max: 160, fits: 80}
  sub: {of: [brief, story]}
required: [title]
prohibited: [draft]
form: [{group: Story, fields: [title, description]}]
touch: lastMod
";
        let profile = read(text).unwrap();
        assert_eq!((profile.name.as_str(), &profile.origin), (CURATED_CONTENT, &Origin::File));
        let topics = profile.topics.as_ref().unwrap();
        let linked: Vec<&str> = topics.linked.iter().map(|(f, _)| f.text()).collect();
        assert_eq!(linked, ["categorySlug", "categoryLabel", "openProjectCustomFields.medigyTopics", "extra"]);
        assert_eq!(topics.vocabulary.as_deref(), Some("topics.yaml"));
        let same: Vec<(&str, usize)> = profile.same.iter().map(|(f, p)| (f.text(), p.len())).collect();
        assert_eq!(same, [("title", 1), ("openGraphMetaData.ogdescription", 2)]);
        let triage = profile.triage.as_ref().unwrap();
        assert_eq!((triage.field.text(), triage.accept.as_str(), triage.skip.as_str()), ("state", "yes", "deferred"));
        assert_eq!(profile.roles.brand, None);
        assert_eq!(profile.roles.date, Profile::builtin().roles.date);
        assert_eq!(profile.form.len(), 1);
        let sub = profile.fields.iter().find(|r| r.field.text() == "sub").unwrap();
        assert_eq!((sub.kind.clone(), sub.strict), (Some(Kind::Choice(vec!["brief".into(), "story".into()])), true));
        let description = profile.fields.iter().find(|r| r.field.text() == "description").unwrap();
        assert_eq!((description.max, description.fits, description.help.is_some()), (Some(160), Some(80), true));
    }

    #[test]
    fn a_fault_is_told_with_its_line() {
        for (text, line, reason) in [
            ("topics:\n  field: tags\ntopicz: {}\n", 3, "unknown field `topicz`"),
            ("columns: [a]\nfields:\n  date:\n    kind: dat\n", 4, "there is no kind `dat`; there are line"),
            ("fields:\n  date: {kinds: date}\n", 2, "unknown field `kinds`"),
            ("derived:\n  a: '{b|slag}'\n", 2, "there is no function `slag`"),
            ("same:\n  title: ['a[x]']\n", 2, "a list position is a number"),
            ("\ntopics: {pinned: [a]}\n", 2, "topics: `field` is missing"),
            ("extends: other\n", 1, "there is no profile `other`"),
            ("offerings:\n  field: o\n  fields: {label: lin}\n", 3, "neither a kind"),
            ("views:\n  A: x\n  A: y\n", 2, "`A` stands here twice"),
            ("columns: [a\n", 2, ""),
            ("required: title\n", 1, "invalid type"),
        ] {
            let error = read(text).unwrap_err();
            assert!(error.reason.contains(reason), "{text}: {error}");
            assert!(error.to_string().starts_with(&format!(".curate.yaml:{line}: ")), "{text}: {error}");
        }
    }

    #[test]
    fn a_short_file_lies_on_what_was_inferred_and_an_empty_one_says_nothing() {
        let beneath = Profile::infer(&[front("{title: a, tags: [x]}")]);
        let profile = Profile::from_yaml_over("required: [title]\n", ".curate.yaml", beneath.clone()).unwrap();
        assert_eq!((profile.topics, profile.roles), (beneath.topics, beneath.roles));
        assert_eq!(profile.required.len(), 1);
        for text in ["", "# nothing\n", "{}"] {
            assert_eq!(read(text).unwrap(), Profile::empty("file", Origin::File));
        }
    }

    #[test]
    fn a_printed_profile_reads_back_to_itself() {
        let odd = "
extends: curated-content
topics: {field: categories, linked: {categoryUrl: null}, pinned: ['a \"b\" \\ c', 'no', \"\\u202e\"]}
same: {href: null, 'x.\"y z\".w': [a]}
views: {'12': 'title:\"x\" # y'}
fields: {a.b: {help: 'x: {y}, z'}, 'off[0]': {kind: choice, of: ['on', '1']}}
triage: null
offerings: {field: relatedOfferings, fields: {offeringId: null}}
derived: null
touch: lastMod
";
        let inferred =
            Profile::infer(&[front("{title: a, tags: [x], weight: 3, status: live, url: 'https://example.org/'}")]);
        for profile in [Profile::builtin(), inferred, read(odd).unwrap(), read("").unwrap()] {
            let printed = profile.to_yaml();
            let again = read(&printed).unwrap_or_else(|error| panic!("{error}\n{printed}"));
            assert_eq!(meaning(again), meaning(profile), "{printed}");
        }
        assert!(
            Profile::builtin().to_yaml().starts_with("# What the fields of this library mean. The built-in profile")
        );
    }

    /// All that DESIGN says of the sample: lists in step, places alike, derived values derived.
    fn assert_in_step(item: &Value) {
        let profile = Profile::builtin();
        let topics = profile.topics.as_ref().unwrap();
        let texts = |field: &str| -> Vec<String> {
            get(item, field).unwrap().as_seq().unwrap().iter().map(|e| e.scalar_text().unwrap()).collect()
        };
        for (field, template) in &topics.linked {
            let expected: Vec<String> =
                texts(topics.field.text()).iter().map(|t| linked_entry(template, t, item).unwrap()).collect();
            assert_eq!(texts(field.text()), expected, "{field}");
        }
        for (field, places) in &profile.same {
            for place in places {
                assert_eq!(get(item, place.text()), get(item, field.text()), "{place}");
            }
        }
        let derived = derived(&profile, item);
        assert!(derived.len() >= 4);
        for (path, should) in derived {
            assert!(follows(item.at(&path).unwrap(), &should.clone().unwrap()), "{path} should be {should:?}");
        }
        for group in &profile.form {
            assert!(group.fields.iter().any(|f| f.resolve(item).is_some()), "{}", group.name);
        }
    }

    #[test]
    fn the_built_in_profile_says_what_the_made_up_item_shows() {
        assert_in_step(&front(ITEM));
    }

    #[test]
    fn the_built_in_profile_says_what_the_real_sample_shows() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples");
        let Ok(files) = std::fs::read_dir(&folder) else {
            return println!("skipped: there is no ../shared/samples");
        };
        for file in files.map(|f| f.unwrap().path()).filter(|p| p.extension().is_some_and(|e| e == "md")) {
            assert_in_step(&Document::open(std::fs::read(&file).unwrap()).unwrap().value().unwrap());
        }
    }
}
