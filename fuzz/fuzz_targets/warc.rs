//! Web archives.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    rapporteur_fuzz::read(&["a.warc"], &[b"WARC/1.0\r\n", bytes].concat());
    rapporteur_fuzz::read(&["a.warc"], bytes);
});
