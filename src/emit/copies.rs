//! Files that are copied as they are.

use crate::artefact::Artefact;
use crate::base::{Hash, OutPath, SourcePath};
use crate::site::Site;

/// The copied files of a site. One whose contents cannot be read is left out; reading it is told elsewhere.
pub(super) fn artefacts(site: &Site, hash_of: &dyn Fn(&SourcePath) -> Option<Hash>) -> Vec<(OutPath, Artefact)> {
    let copy = |(out, source): (&OutPath, &SourcePath)| {
        hash_of(source).map(|hash| (out.clone(), Artefact::copy(source.clone(), hash)))
    };
    site.files.iter().filter_map(copy).collect()
}
