//! Mails (EML), such as newsletters, and pages saved as one file (MHTML): headers, then parts.

use crate::page::{Moments, Page, clean, is_running};
use crate::{html, meta, text};
use jiff::Timestamp;
use mail_parser::{Address, HeaderValue, Message, MessageParser, MimeHeaders, PartType};
use rapporteur_model::{Date, How, Masthead, Published, When};

/// Fields that a mail has and no other text begins with.
const SURE: [&str; 10] = [
    "received",
    "return-path",
    "delivered-to",
    "message-id",
    "mime-version",
    "dkim-signature",
    "content-transfer-encoding",
    "x-mailer",
    "list-unsubscribe",
    "list-id",
];

/// Fields that a mail has and a text might begin with.
const LIKELY: [&str; 8] = [
    "from",
    "to",
    "cc",
    "date",
    "subject",
    "sender",
    "reply-to",
    "content-type",
];

/// Do these bytes begin as a mail does: with its fields, one a line?
pub(crate) fn begins(bytes: &[u8]) -> bool {
    const LOOKED_AT: usize = 4096;
    let start = bytes.get(..bytes.len().min(LOOKED_AT)).unwrap_or_default();
    let (mut sure, mut likely) = (0, 0);
    for line in start.split(|byte| *byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            break;
        }
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            continue;
        }
        let Some(colon) = memchr::memchr(b':', line) else {
            // A field cut off by the end of what is looked at.
            break;
        };
        let name = line.get(..colon).unwrap_or_default();
        let is_name = |byte: &u8| byte.is_ascii_graphic();
        if name.is_empty() || !name.iter().all(is_name) {
            return false;
        }
        let name = String::from_utf8_lossy(name).to_ascii_lowercase();
        sure += usize::from(SURE.contains(&name.as_str()));
        likely += usize::from(LIKELY.contains(&name.as_str()));
    }
    (sure >= 1 && sure + likely >= 3) || likely >= 4
}

/// Is it a mail, by its bytes, or by its name where these leave it open?
pub(crate) fn is_one(bytes: &[u8], extension: &str) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    begins(bytes)
        || (matches!(extension, "eml" | "mht" | "mhtml")
            && memchr::memchr(b':', bytes).is_some_and(|at| at < 80))
}

/// A mail as a page: who sent it is its publisher, its subject the title.
pub(crate) fn page(bytes: &[u8]) -> Result<Page, String> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let message = MessageParser::default()
        .parse(bytes)
        .ok_or("a mail without fields")?;
    let mut page = body(&message).ok_or("a mail without text")?;
    let own = std::mem::take(&mut page.masthead);
    if let Some(url) = saved_from(&message) {
        // A page that a browser saved: the fields are the browser's, not a sender's.
        page.masthead = Masthead {
            publisher: own.publisher.or_else(|| meta::host(&url)),
            url: own.url.or(Some(url)),
            ..own
        };
        return Ok(page);
    }
    let when = message.date().and_then(|date| {
        let (year, month, day) = (date.year, date.month, date.day);
        let year = i16::try_from(year).ok()?;
        let day = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        Some(When::day(day.ok()?))
    });
    page.moments = Moments {
        published: when.and_then(|_| Timestamp::from_second(message.date()?.to_timestamp()).ok()),
        ..page.moments
    };
    page.masthead = Masthead {
        publisher: message.from().and_then(sender),
        title: message
            .subject()
            .map(clean)
            .filter(|title| !title.is_empty()),
        byline: own.byline,
        published: match when {
            Some(_) => Published {
                when,
                how: How::Meta,
            },
            None => own.published,
        },
        language: own.language,
        url: own.url,
        ..Masthead::default()
    };
    Ok(page)
}

/// Who sent it: the name shown, or the address's host.
fn sender(from: &Address<'_>) -> Option<String> {
    let first = from.first()?;
    let name = first.name().map(clean).filter(|name| !name.is_empty());
    let host = || {
        let (_, host) = first.address()?.rsplit_once('@')?;
        Some(clean(host).to_lowercase()).filter(|host| host.contains('.'))
    };
    name.filter(|name| !name.contains('@')).or_else(host)
}

/// The address of a page that a browser saved as a mail.
fn saved_from(message: &Message<'_>) -> Option<String> {
    let text = |name: &str| match message.header(name.to_string())? {
        HeaderValue::Text(text) => Some(clean(text)),
        _ => None,
    };
    text("Snapshot-Content-Location")
        .or_else(|| {
            let from = message.header_raw("From")?;
            let is_saved = from.to_ascii_lowercase().contains("saved by");
            let location = || {
                let part = message.parts.iter().find(|part| part.is_text_html())?;
                part.content_location().map(clean)
            };
            is_saved.then(location).flatten()
        })
        .filter(|url| url.starts_with("http"))
}

/// The part that carries the text. Newsletters send it as a page and as plain text, and the one is
/// often no more than "see this mail in your browser".
fn body(message: &Message<'_>) -> Option<Page> {
    let mut page: Option<Page> = None;
    let mut plain = String::new();
    for part in &message.parts {
        let is_attached = part
            .content_disposition()
            .is_some_and(|kind| kind.is_attachment());
        match &part.body {
            _ if is_attached => {}
            PartType::Html(source) if page.is_none() => page = Some(html::page(source)),
            PartType::Text(source) => {
                plain.push_str(source);
                plain.push_str("\n\n");
            }
            _ => {}
        }
    }
    let plain = text::page(&plain);
    match page {
        None => (!plain.lines.is_empty()).then_some(plain),
        Some(page) => {
            let (marked, unmarked) = (weight(&page), weight(&plain));
            Some(match marked * 2 >= unmarked {
                true => page,
                false => plain,
            })
        }
    }
}

/// How many bytes of running text.
fn weight(page: &Page) -> usize {
    let running = page.lines.iter().filter(|line| is_running(&line.text));
    running.map(|line| line.text.len()).sum()
}
