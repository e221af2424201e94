//! Another name for a key; value and place stay.

use super::super::super::lines::line_end;
use super::super::super::path::{FieldPath, Segment};
use super::super::events::Style;
use super::super::style::manner;
use super::super::tree::{Kind, header_end};
use super::super::write::key;
use super::{Sheet, Splice, Splices};

/// The longest key that is a key in one line.
const MAX_KEY: usize = 1024;

impl Sheet<'_> {
    pub(super) fn rename(&self, path: &FieldPath, to: &str) -> Splices {
        let place = self.locate(path)?;
        let last = path.split_last();
        let (Some(entry), Some((_, Segment::Key(_)))) = (place.entry, last) else {
            return Err("only a key has a name".to_string());
        };
        let old = entry.key.as_ref().ok_or("only a key has a name")?;
        self.unrepeated(&old.node)?;
        if to.chars().count() > MAX_KEY {
            return Err(format!("a key has at most {MAX_KEY} characters"));
        }
        let name = key(to, &manner(self.text, &old.node, place.flow, 0, &self.style), place.flow, &self.style);
        match &old.node.kind {
            Kind::Scalar { style: Style::Literal | Style::Folded, .. } => {
                // A comment in the header stays there.
                let header = header_end(self.text, old.node.start);
                let body = line_end(self.text, header)..old.node.end.max(line_end(self.text, header));
                Ok(vec![Splice::over(old.node.start..header, name), Splice::cut(body)])
            }
            Kind::Scalar { .. } => Ok(vec![Splice::over(old.node.start..old.node.end, name)]),
            Kind::Missing if old.explicit => Ok(vec![Splice::put(old.node.slot, format!(" {name}"))]),
            Kind::Missing => Ok(vec![Splice::put(old.node.slot, name)]),
            Kind::Alias(_) => Err(self.is_alias(&old.node)),
            Kind::Collection(_) => Err("its key is a list or a map".to_string()),
        }
    }
}
