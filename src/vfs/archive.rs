//! The files of a zip archive.

use std::io::{self, Cursor, Read as _};

use zip::ZipArchive;

use super::Memory;
use crate::base::SourcePath;

/// What an archive may hold when it is unpacked (bytes): one that grows beyond it was made to fill a computer.
const LARGEST: u64 = 2 * 1024 * 1024 * 1024;

/// The files of an archive. Those that are not `wanted` are there by name only.
pub fn unzip(archive: &[u8], wanted: &dyn Fn(&str) -> bool) -> io::Result<Memory> {
    let mut archive = ZipArchive::new(Cursor::new(archive))?;
    let mut files = Memory::default();
    let mut left = LARGEST;
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index)?;
        // A name that leads out of the archive names no file of the site.
        let name = entry.enclosed_name().and_then(|name| SourcePath::new(&name.to_string_lossy().replace('\\', "/")));
        let Some(path) = name.filter(|_| entry.is_file()) else { continue };
        let mut bytes = Vec::new();
        if wanted(path.as_str()) {
            let read = entry.by_ref().take(left).read_to_end(&mut bytes)?;
            left -= read as u64;
            if left == 0 {
                return Err(io::Error::other("it holds more than 2 GB when it is unpacked"));
            }
        }
        files.insert(path, bytes);
    }
    Ok(files)
}
