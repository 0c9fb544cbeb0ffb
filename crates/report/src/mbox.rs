//! Mailboxes: one mail after the other, each begun by a line "From ADDRESS DATE".

use crate::entries::{Hints, Place, TOO_LARGE_HINT, Walk, too_large};
use crate::mail;
use std::io::{BufRead, BufReader, Read};
use std::ops::ControlFlow;

/// Does a file begin as a mailbox?
pub(crate) fn is_one(head: &[u8]) -> bool {
    head.starts_with(b"From ")
        && memchr::memchr(b'\n', head)
            .and_then(|end| head.get(end + 1..))
            .is_some_and(mail::begins)
}

/// Hands on each mail.
pub(crate) fn each(walk: &mut Walk<'_>, place: &Place, input: &mut dyn Read) -> ControlFlow<()> {
    let most = walk.limits.entry;
    let mut input = BufReader::with_capacity(1 << 16, input);
    let (mut mail, mut line) = (vec![], vec![]);
    let (mut number, mut is_blank, mut is_too_large) = (0, true, false);
    loop {
        line.clear();
        let read = Read::take(&mut input, 1 << 20).read_until(b'\n', &mut line);
        if let Err(error) = &read {
            walk.unread(
                place,
                &format!("cannot be read: {error}"),
                "the mails before are read",
            )?;
        }
        let is_end = !matches!(read, Ok(1..));
        if is_end || (is_blank && line.starts_with(b"From ")) {
            if number > 0 {
                let place = Place {
                    name: "mail.eml".to_string(),
                    ..place.record(number)
                };
                let hints = Hints {
                    is_record: true,
                    ..Hints::default()
                };
                match is_too_large {
                    true => walk.unread(&place, &too_large(&walk.limits), TOO_LARGE_HINT)?,
                    false => walk.entry(&place, std::mem::take(&mut mail), hints)?,
                }
            }
            if is_end {
                return ControlFlow::Continue(());
            }
            mail.clear();
            (number, is_blank, is_too_large) = (number + 1, false, false);
            continue;
        }
        is_blank = line.trim_ascii().is_empty();
        is_too_large |= (mail.len() + line.len()) as u64 > most;
        if !is_too_large {
            // A line that would begin a mail is quoted.
            let marks = line.iter().take_while(|byte| **byte == b'>').count();
            let bare = line.get(marks..).unwrap_or_default();
            let from = usize::from(marks > 0 && bare.starts_with(b"From "));
            mail.extend_from_slice(line.get(from..).unwrap_or_default());
        }
    }
}
