//! Gzip and zstd.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    rapporteur_fuzz::read(&["a.jsonl.gz"], &[b"\x1f\x8b\x08", bytes].concat());
    rapporteur_fuzz::read(&["a.txt.zst"], &[b"\x28\xb5\x2f\xfd", bytes].concat());
    rapporteur_fuzz::read(&["a.warc.gz"], bytes);
});
