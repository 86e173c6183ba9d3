//! Lines for a terminal of 80 columns.

/// Columns of a terminal.
const WIDTH: usize = 80;
/// Nothing a source says is shown longer.
const LONGEST: usize = 60;

/// A text of a source as a terminal may show it: short, and without control characters, which could move the cursor.
pub fn printable(text: &str) -> String {
    let text: String = text.chars().filter(|letter| !letter.is_control() && !is_invisible(*letter)).collect();
    if text.chars().count() <= LONGEST {
        return text;
    }
    text.chars().take(LONGEST - 1).chain(['…']).collect()
}

/// Marks that turn the direction of writing, or hide.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Writes words after a label; where a line ends, the next one begins below the first word.
pub fn labelled(indent: usize, label: &str, words: &str) -> String {
    let lead = format!("{:indent$}{label:<14}", "");
    let hang = lead.chars().count();
    flow(&lead, hang, words)
}

/// Writes a point of a list.
pub fn point(indent: usize, words: &str) -> String {
    flow(&format!("{:indent$}- ", ""), indent + 2, words)
}

fn flow(lead: &str, hang: usize, words: &str) -> String {
    let mut text = lead.to_owned();
    let mut column = lead.chars().count();
    let mut first = true;
    for word in words.split_whitespace() {
        let length = word.chars().count();
        if !first && column + 1 + length > WIDTH {
            text.push('\n');
            text.extend(std::iter::repeat_n(' ', hang));
            column = hang;
        } else if !first {
            text.push(' ');
            column += 1;
        }
        text.push_str(word);
        column += length;
        first = false;
    }
    text.trim_end().to_owned()
}
