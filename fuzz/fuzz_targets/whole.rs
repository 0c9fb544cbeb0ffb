//! The whole way: several reports into a record, and all that is made of it.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    rapporteur_fuzz::whole(bytes);
});
