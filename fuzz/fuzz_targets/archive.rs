//! ZIP and tar.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    rapporteur_fuzz::read(&["a.zip", "a.tar"], bytes);
    rapporteur_fuzz::read(&["a.zip"], &[b"PK\x03\x04", bytes].concat());
});
