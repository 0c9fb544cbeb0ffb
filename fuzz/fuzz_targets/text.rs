//! Plain text, and bytes in any encoding.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    rapporteur_fuzz::read(&["a.txt", "a"], bytes);
});
