//! RSS and Atom.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    rapporteur_fuzz::read(&["a.xml"], &[b"<rss><channel>", bytes].concat());
    rapporteur_fuzz::read(&["a.xml"], bytes);
});
