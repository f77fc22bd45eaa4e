use super::builder::{Builder, Kind};
use super::{Converted, MAX_TEXT, TooMuch};

/// Signs with which town texts begin the items of a list.
const MARKS: [char; 15] = ['・', '･', '●', '■', '○', '◆', '◇', '□', '▽', '▼', '◎', '▲', '△', '★', '☆'];

/// Plain text -> blocks. A blank line parts paragraphs, a line's end is a line's end, and two or more lines one after
/// the other that begin with the same sign are a list. (One such line alone is as often a heading, so it stays text.)
pub fn from_plain(text: &str) -> Result<Converted, TooMuch> {
    if text.chars().count() > MAX_TEXT {
        return Err(TooMuch::Text);
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let mut builder = Builder::new(false);
    let same_item = |a: &&str, b: &&str| match (item(a), item(b)) {
        (Some((a, _)), Some((b, _))) => a == b,
        (a, b) => a.is_none() && b.is_none(),
    };
    for run in lines.chunk_by(same_item) {
        if run.len() >= 2 && run.iter().all(|line| item(line).is_some()) {
            builder.list_start(false);
            for (_, words) in run.iter().filter_map(|line| item(line)) {
                builder.item_start();
                builder.text(words);
            }
            builder.close(Kind::List);
        } else {
            for line in run {
                match line.is_empty() {
                    true => builder.block(),
                    false => {
                        builder.text(line);
                        builder.line_break();
                    }
                }
            }
        }
    }
    builder.finish()
}

/// The sign and the words of a line that looks like an item.
fn item(line: &str) -> Option<(char, &str)> {
    let mut chars = line.chars();
    let mark = chars.next()?;
    let words = chars.as_str();
    let spaced = words.starts_with(char::is_whitespace);
    let marked = MARKS.contains(&mark) || (matches!(mark, '-' | '－' | '*') && spaced);
    (marked && !words.trim().is_empty() && !words.starts_with(mark)).then(|| (mark, words.trim()))
}

#[cfg(test)]
mod tests {
    use madoguchi_model::{Block, Inline, plain_text};

    use super::*;

    fn blocks(text: &str) -> Vec<Block> {
        from_plain(text).unwrap().blocks
    }

    #[test]
    fn blank_lines_part_paragraphs_and_line_ends_stay() {
        let text = |text: &str| Inline::Text { text: text.into() };
        assert_eq!(
            blocks("\u{3000}日時：5日\r\n場所：公園\r\n\r\n\r\n問合せ：課\n"),
            [
                Block::Paragraph {
                    text: vec![text("日時：5日"), Inline::Break, text("場所：公園")]
                },
                Block::Paragraph { text: vec![text("問合せ：課")] },
            ]
        );
    }

    #[test]
    fn two_lines_with_one_sign_are_a_list_and_one_is_not() {
        let found = blocks("持ち物\n・水\n・タオル\n■注意\n本文");
        assert!(matches!(&found[1], Block::List { items, ordered: false } if items.len() == 2), "{found:?}");
        assert_eq!(plain_text(&found), "持ち物\n・水\n・タオル\n■注意\n本文");
        assert!(matches!(blocks("・水\n●火").as_slice(), [Block::Paragraph { .. }]));
    }

    #[test]
    fn a_minus_is_no_bullet_and_a_dash_with_a_space_is() {
        assert!(matches!(blocks("-5度\n-6度").as_slice(), [Block::Paragraph { .. }]));
        assert!(matches!(blocks("- 五\n- 六").as_slice(), [Block::List { .. }]));
        assert!(matches!(blocks("---\n---").as_slice(), [Block::Paragraph { .. }]));
    }

    #[test]
    fn addresses_become_links_and_telephone_numbers_do_not() {
        let found = blocks("https://example.jp/ 電話 054-626-1111");
        let Block::Paragraph { text } = &found[0] else { panic!("{found:?}") };
        assert_eq!(text.iter().filter(|inline| matches!(inline, Inline::Link { .. })).count(), 1);
    }

    #[test]
    fn nothing_is_no_block() {
        assert!(blocks("").is_empty() && blocks(" \n\u{3000}\n").is_empty());
    }
}
