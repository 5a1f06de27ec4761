//! Plain text out of fields that hold HTML.

/// The named characters that the sources use. Numbers (`&#233;`) need no table.
const NAMED: &[(&str, char)] = &[
    ("nbsp", ' '),
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("rsquo", '’'),
    ("lsquo", '‘'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("deg", '°'),
    ("aacute", 'á'),
    ("Aacute", 'Á'),
    ("acirc", 'â'),
    ("agrave", 'à'),
    ("aring", 'å'),
    ("atilde", 'ã'),
    ("auml", 'ä'),
    ("ccedil", 'ç'),
    ("Ccedil", 'Ç'),
    ("eacute", 'é'),
    ("Eacute", 'É'),
    ("ecirc", 'ê'),
    ("egrave", 'è'),
    ("euml", 'ë'),
    ("iacute", 'í'),
    ("Iacute", 'Í'),
    ("icirc", 'î'),
    ("iuml", 'ï'),
    ("ntilde", 'ñ'),
    ("Ntilde", 'Ñ'),
    ("oacute", 'ó'),
    ("Oacute", 'Ó'),
    ("ocirc", 'ô'),
    ("oslash", 'ø'),
    ("Oslash", 'Ø'),
    ("otilde", 'õ'),
    ("ouml", 'ö'),
    ("Ouml", 'Ö'),
    ("scaron", 'š'),
    ("Scaron", 'Š'),
    ("szlig", 'ß'),
    ("uacute", 'ú'),
    ("Uacute", 'Ú'),
    ("uuml", 'ü'),
    ("Uuml", 'Ü'),
];

/// The text without tags, with character references decoded and white space as single spaces.
/// A line break (`<br>`) and the end of a paragraph become a space; a `<` that opens no tag stays.
pub(crate) fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(i) = rest.find(['<', '&']) {
        text.push_str(&rest[..i]);
        rest = &rest[i..];
        let taken = if rest.starts_with('<') {
            tag(rest, &mut text)
        } else {
            reference(rest, &mut text)
        };
        rest = &rest[taken..];
    }
    text.push_str(rest);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Passes over a tag at the start of `rest`; the bytes taken.
fn tag(rest: &str, text: &mut String) -> usize {
    let name = rest[1..].trim_start_matches('/');
    match rest.find('>') {
        Some(end) if name.starts_with(|c: char| c.is_ascii_alphabetic()) => {
            if name.starts_with("br") || name.starts_with("p>") || name.starts_with("p ") {
                text.push(' ');
            }
            end + 1
        }
        _ => {
            text.push('<');
            1
        }
    }
}

/// Decodes a character reference at the start of `rest`; the bytes taken. An ampersand that
/// begins none stays.
fn reference(rest: &str, text: &mut String) -> usize {
    let known = rest.find(';').and_then(|end| {
        let name = &rest[1..end];
        let c = match name.strip_prefix('#') {
            Some(n) => match n.strip_prefix(['x', 'X']) {
                Some(hex) => char::from_u32(u32::from_str_radix(hex, 16).ok()?)?,
                None => char::from_u32(n.parse().ok()?)?,
            },
            None => NAMED.iter().find(|(n, _)| *n == name)?.1,
        };
        Some((c, end + 1))
    });
    let (c, taken) = known.unwrap_or(('&', 1));
    text.push(c);
    taken
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn tags_go_and_characters_come() {
        assert_eq!(
            plain("Wooden <em>Tserkvas</em> of the region"),
            "Wooden Tserkvas of the region"
        );
        assert_eq!(
            plain("San Jos&eacute; &amp; Bras&#237;lia &#x41;"),
            "San José & Brasília A"
        );
        assert_eq!(
            plain("<p>Italy</p><p>Spain<br>Malta</p>"),
            "Italy Spain Malta"
        );
        assert_eq!(plain(" a&nbsp;\u{a0} b\n"), "a b");
    }

    #[test]
    fn what_is_no_markup_stays() {
        assert_eq!(
            plain("English (official) <0.1%, A & B"),
            "English (official) <0.1%, A & B"
        );
        assert_eq!(plain("AT&T; &unknown; 1 < 2 &"), "AT&T; &unknown; 1 < 2 &");
        assert_eq!(plain("&lt;script&gt; &#xD800;"), "<script> &#xD800;");
    }
}
