//! How many slips of the finger lie between two words.

/// How many letters have to be put in, left out, changed or swapped with their neighbour to make `b` of `a` (optimal string
/// alignment), and of which the beginning of `b` can be made with the fewest: the distance to all of `b`, and to its best
/// beginning. `most` or more is told as `most + 1`.
pub fn distance(a: &str, b: &str, most: usize) -> (usize, usize) {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1; b.len() + 1];
        let mut least = i + 1;
        for (j, y) in b.iter().enumerate() {
            let mut cost = (last[j] + usize::from(x != y)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                cost = cost.min(before[j - 1] + 1);
            }
            row[j + 1] = cost;
            least = least.min(cost);
        }
        if least > most {
            return (most + 1, most + 1);
        }
        before = std::mem::replace(&mut last, row);
    }
    let whole = last[b.len()].min(most + 1);
    let beginning = last.iter().copied().min().unwrap_or(0).min(most + 1);
    (whole, beginning)
}
