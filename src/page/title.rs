use crate::config::Conventions; use super::types::FrontMatter;
pub fn page_title(_c:Conventions,f:&FrontMatter,h:Option<&str>,_b:&str)->Option<String>{f.str("title").map(String::from).or(h.map(String::from))}
impl FrontMatter{pub fn str(&self,k:&str)->Option<&str>{self.values.get(k)?.as_str()} pub fn bool(&self,k:&str)->Option<bool>{self.values.get(k)?.as_bool()}}
