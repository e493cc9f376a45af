use crate::config::MarkdownConfig; use std::ops::RangeInclusive;
pub struct FenceInfo{pub language:String,pub grammar:String,pub highlight:Vec<RangeInclusive<u32>>,pub line_numbers:Option<bool>,pub start:u32}
impl FenceInfo{pub fn parse(i:&str,_c:&MarkdownConfig)->Self{let l:String=i.chars().take_while(|c|c.is_alphanumeric()).collect();FenceInfo{language:l.clone(),grammar:l,highlight:vec![],line_numbers:None,start:1}}}
