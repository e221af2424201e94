//! A profile read off the items, for any site without `.curate.yaml`.

impl super::Profile {
    pub fn parse(_: &str, _: &str) -> Result<Self, super::ProfileError> {
        unimplemented!()
    }
    pub fn infer(_: &[crate::content::Value]) -> Self {
        unimplemented!()
    }
}
