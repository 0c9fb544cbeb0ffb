//! Tables.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    rapporteur_fuzz::read(&["a.csv", "a.tsv"], bytes);
    rapporteur_fuzz::read(&["a.csv"], &[b"date,text,title\n", bytes].concat());
    let _ = rapporteur_report::manifest(bytes);
});
