//! The stamp of `touch:`: the time of an edit, an edit itself.

use std::time::SystemTime;

use super::reading::date_like_its_siblings;
use super::working::Working;
use crate::content::{Refusal, Value};

/// Stamps the time of an edit, in the form that the field has.
pub(super) fn touch(work: &mut Working, now: SystemTime) -> Result<(), Refusal> {
    let Some(path) = work.profile.touch.as_ref().and_then(|field| field.resolve_or_new(&work.value)) else {
        return Ok(());
    };
    if work.edits.is_empty() || work.edits.iter().any(|edit| edit.place().holds(&path) && !edit.place().is_root()) {
        return Ok(());
    }
    let old = work.value.at(&path);
    let only_day = old.and_then(Value::scalar_text).is_some_and(|text| text.len() == "2022-09-23".len());
    let seconds = now.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |d| d.as_secs());
    let mut stamp = timestamp(seconds);
    if only_day {
        stamp.truncate("2022-09-23".len());
    }
    let new = match old {
        Some(Value::Date(_)) => Value::Date(stamp),
        Some(Value::Null) | None => date_like_its_siblings(&work.value, stamp),
        Some(_) => Value::Str(stamp),
    };
    work.set(&path, new)
}

/// `2022-09-23T10:19:10Z`: a time in seconds since 1970, as ISO 8601 writes it.
pub fn timestamp(seconds: u64) -> String {
    let (days, second) = (seconds / 86_400, seconds % 86_400);
    // Howard Hinnant's civil_from_days, for days since 1970.
    let z = days + 719_468;
    let (era, doe) = (z / 146_097, z % 146_097);
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let day = doy - (153 * mp + 2) / 5 + 1;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    let year = yoe + era * 400 + u64::from(month <= 2);
    let (h, m, s) = (second / 3600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{day:02}T{h:02}:{m:02}:{s:02}Z")
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use crate::profile::expand::expand_value;
    use crate::profile::sample::{ITEM, front, get};
    use crate::profile::{Intent, Profile};

    fn text(field: &str, text: &str) -> Intent {
        Intent::SetText { field: field.parse().unwrap(), text: text.to_string() }
    }

    #[test]
    fn the_touched_field_is_stamped_with_an_edit_and_not_without_one() {
        let profile = Profile::from_yaml("extends: curated-content\ntouch: lastMod", ".curate.yaml").unwrap();
        let item = front(ITEM);
        let stamp = |intent, seconds| {
            let now = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
            let edits = expand_value(&profile, &intent, &item, now).unwrap().edits;
            let mut after = item.clone();
            crate::content::edit::apply_to_value(&mut after, &edits).unwrap();
            (edits.len(), get(&after, "lastMod").and_then(|v| v.scalar_text()).unwrap())
        };
        assert_eq!(stamp(text("weight", "1"), 1_709_164_799), (2, "2024-02-28T23:59:59Z".to_string()));
        assert_eq!(stamp(text("weight", "1"), 1_709_251_200), (2, "2024-03-01T00:00:00Z".to_string()));
        assert_eq!(stamp(text("weight", "12"), 0).0, 0);
        assert_eq!(stamp(text("lastMod", "2020-01-01"), 0), (1, "2020-01-01".to_string()));
    }
}
