//! What stands before the page's body: names, rules, style, and data for machines.

use bilat_brief::brief::Brief;
use bilat_brief::chart::svg::custom_properties;
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::parts::escape;
use crate::text::{language, tame, web};

/// The style sheet without the colours that charts share with it.
const STYLE: &str = include_str!("style.css");

pub(super) fn write(out: &mut String, brief: &Brief) {
    let lead = brief.sentences().next().map_or("", |s| s.text.as_str());
    let data = linked_data(brief);
    open(out, &brief.title, lead, "", Some(&data));
}

/// The head of any page of ours: the style with more behind it, and the page's data when it has
/// some, which is already safe inside a script element.
pub(crate) fn open(out: &mut String, title: &str, about: &str, more: &str, data: Option<&str>) {
    let style = style(more);
    // Only this very style sheet may be applied, and nothing may run or be requested.
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        base64(&Sha256::digest(style.as_bytes()))
    );
    let title = escape(title);
    let data = data.map_or_else(String::new, |d| {
        format!("<script type=\"application/ld+json\">{d}</script>\n")
    });
    out.push_str(&format!(
        "<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <meta name=\"generator\" content=\"bilat\">\n\
         <title>{title}</title>\n\
         <meta name=\"description\" content=\"{}\">\n\
         <meta property=\"og:type\" content=\"article\">\n\
         <meta property=\"og:title\" content=\"{title}\">\n\
         <style>{style}</style>\n\
         {data}</head>\n",
        escape(&policy),
        escape(about),
    ));
}

fn style(more: &str) -> String {
    let colours = |dark: bool| -> String {
        let all = custom_properties().iter();
        all.map(|(name, l, d)| format!("{name}:{};", if dark { d } else { l }))
            .collect()
    };
    let (light, dark) = (colours(false), colours(true));
    format!(
        ":root{{color-scheme:light dark;{light}}}\n\
         @media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n{STYLE}{more}"
    )
}

/// The page described in the words of schema.org; no date, for the brief has none but its
/// sources' vintages.
fn linked_data(brief: &Brief) -> String {
    let sources: Vec<_> = brief
        .sources
        .iter()
        .map(|s| {
            json!({
                "@type": "Dataset",
                "name": tame(&s.title),
                "description": tame(&s.credit),
                "creator": { "@type": "Organization", "name": tame(&s.publisher) },
                "license": web(&s.licence_url),
                "url": web(&s.homepage),
                "version": s.vintage.to_string(),
            })
        })
        .collect();
    let documents = brief.documents.iter().map(|d| {
        json!({
            "@type": "CreativeWork",
            "name": d.title.as_deref().map(tame),
            "publisher": d.publisher.as_deref().map(|p| json!({ "@type": "Organization", "name": tame(p) })),
            "datePublished": d.published.map(|p| p.to_string()),
            "url": d.url.as_deref().and_then(web),
            "sha256": d.sha256,
        })
    });
    let about: Vec<_> = brief
        .pair
        .both()
        .iter()
        .map(|c| json!({ "@type": "Country", "identifier": c.code() }))
        .collect();
    let article = json!({
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": tame(&brief.title),
        "inLanguage": language(&brief.language),
        "about": about,
        "isBasedOn": sources.into_iter().chain(documents).collect::<Vec<_>>(),
    });
    // Within a script element only "<" and "&" could end or change the text. Two opening braces
    // stand in JSON inside strings alone, and no template engine is to take them up.
    article
        .to_string()
        .replace("{{", "{\\u007b")
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
}

/// RFC 4648, section 4.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let at = |i: usize| u32::from(chunk.get(i).copied().unwrap_or(0));
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for i in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * i) & 63) as usize];
            out.push(if i <= chunk.len() {
                char::from(letter)
            } else {
                '='
            });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn base64_by_the_rfc() {
        for (plain, coded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }
}
