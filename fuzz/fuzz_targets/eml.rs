//! Mails and mailboxes.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    rapporteur_fuzz::read(&["a.eml"], bytes);
    rapporteur_fuzz::read(&["a.mbox"], &[b"From a@b c\nSubject: x\nFrom: a\nDate: x\nMessage-ID: 1\n", bytes].concat());
});
