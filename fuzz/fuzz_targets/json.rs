//! JSON, JSON lines, JSON Feed, news-please.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    rapporteur_fuzz::read(&["a.json", "a.jsonl"], bytes);
});
