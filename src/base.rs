//! Values that cannot be wrong: paths, URLs, hashes, spans. Floor 0.

mod date;
mod hash;
mod html;
mod name;
mod out_path;
mod source_path;
mod span;
mod url_path;

pub use date::{iso_date, moment, rfc3339};
pub use hash::{Hash, HashOf};
pub use html::{escape, escaped};
pub use name::{as_title, leading_number};
pub use out_path::OutPath;
pub use source_path::SourcePath;
pub use span::{LineColumn, Span, line_column};
pub use url_path::UrlPath;
