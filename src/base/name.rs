//! Names of files and folders as people read them.

/// The number that a name starts with, if a separator follows: 1 of `01-intro`, none of `2019`.
pub fn leading_number(name: &str) -> Option<u64> {
    let (number, _) = numbered(name)?;
    Some(number)
}

fn numbered(name: &str) -> Option<(u64, &str)> {
    let end = name.find(|c: char| !c.is_ascii_digit())?;
    let rest = name[end..].trim_start_matches(['-', '_', '.', ' ']);
    let separated = rest.len() < name.len() - end && !rest.is_empty();
    separated.then(|| name[..end].parse().ok().map(|number| (number, rest)))?
}

/// A file's or folder's name as a title: `Getting started` of `01-getting_started`.
pub fn as_title(name: &str) -> String {
    // Long numbers are years and dates.
    let name = match numbered(name) {
        Some((number, rest)) if number < 1000 => rest,
        _ => name,
    };
    let words = name.split(['-', '_', ' ']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles() {
        for (name, want) in [
            ("01-getting_started", "Getting started"),
            ("été", "Été"),
            ("2019", "2019"),
            ("2019-05-bilan", "2019 05 bilan"),
            ("3d", "3d"),
            ("_", "_"),
        ] {
            assert_eq!(as_title(name), want);
        }
        assert_eq!((leading_number("01-intro"), leading_number("2019"), leading_number("3d")), (Some(1), None, None));
    }
}
