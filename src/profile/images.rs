//! Fields that name an image file, as sites write them.

use crate::content::{FieldPath, Segment, Value};

/// Endings of image files.
const ENDINGS: [&str; 8] = ["png", "jpg", "jpeg", "gif", "webp", "svg", "avif", "bmp"];

/// The fields that name an image file of the site itself, each with the name. Links to other sites are none, and neither is a file's
/// own name kept beside its link (`fileName`).
pub fn image_fields(value: &Value) -> Vec<(FieldPath, String)> {
    let mut found = Vec::new();
    look(&FieldPath::root(), value, &mut found);
    found
}

fn look(at: &FieldPath, value: &Value, found: &mut Vec<(FieldPath, String)>) {
    match value {
        Value::Map(entries) => entries.iter().for_each(|(key, value)| look(&at.then(key.clone()), value, found)),
        Value::Seq(items) => items.iter().enumerate().for_each(|(n, value)| look(&at.index(n), value, found)),
        Value::Str(text) if is_image(text) && !is_bare_name(at) => found.push((at.clone(), text.clone())),
        _ => {}
    }
}

fn is_image(text: &str) -> bool {
    let name = text.rsplit('/').next().unwrap_or_default();
    let ending =
        name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map(|(_, ending)| ending.to_ascii_lowercase());
    let is_local = !text.contains("://") && !text.starts_with("//") && !text.contains(char::is_whitespace);
    is_local && ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

fn is_bare_name(path: &FieldPath) -> bool {
    matches!(path.segments().last(), Some(Segment::Key(key)) if key.to_lowercase().ends_with("name"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::sample::front;

    #[test]
    fn image_files_of_the_site_are_known_by_their_endings() {
        let value = front(
            "featuredImage: {alt: A ward.png in words, href: ward.jpeg, wpAttachment: {fileName: Ward.png}}\n\
             image: /img/a.WEBP\ncover: 'https://example.org/b.png'\nresources: [{src: c/d.svg}]\nslug: png\ntitle: .png\n",
        );
        let found: Vec<String> =
            image_fields(&value).into_iter().map(|(path, name)| format!("{path}={name}")).collect();
        assert_eq!(found, ["featuredImage.href=ward.jpeg", "image=/img/a.WEBP", "resources[0].src=c/d.svg"]);
    }
}
