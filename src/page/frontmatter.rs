use crate::config::Conventions; use serde_yaml::Mapping; use crate::diag::Diagnostic; use crate::base::SourcePath;
pub struct Problem; impl Problem { pub fn diagnostic(&self, _p:&SourcePath)->Diagnostic{ Diagnostic::warning("x","x")} }
pub struct Split { pub values: Mapping, pub body_start: usize, pub problem: Option<Problem> }
pub fn split(text:&str,_c:Conventions)->Split{ if text.starts_with("---\n"){ if let Some(e)=text[4..].find("\n---"){ let end=4+e+4; let end=text[end..].find('\n').map_or(text.len(),|x|end+x+1); return Split{values:serde_yaml::from_str(&text[4..4+e]).unwrap_or_default(),body_start:end,problem:None} } } Split{values:Mapping::new(),body_start:0,problem:None} }
