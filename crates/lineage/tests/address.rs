//! Addresses in, what tells pages apart out.

use expect_test::{Expect, expect};
use proptest::prelude::*;
use rapporteur_model::page_address;

fn check(urls: &[&str], expected: Expect) {
    let lines = urls.iter().map(|url| {
        let address = page_address(url);
        format!("{}\n", address.unwrap_or_else(|| "none".to_string()))
    });
    expected.assert_eq(&lines.collect::<String>());
}

#[test]
fn one_page_has_one_address() {
    check(
        &[
            "https://www.echo.example/a/velka-falls/",
            "http://echo.example/a/velka-falls#top",
            "HTTPS://Echo.Example:443/a/velka-falls?utm_source=x&utm_medium=y",
            "https://m.echo.example/a/velka-falls?fbclid=abc",
            "https://echo.example/a/velka-falls/amp/",
            "https://www.echo.example/a/velka-falls?outputType=amp",
            "https://www-echo-example.cdn.ampproject.org/c/s/www.echo.example/a/velka-falls",
            "https://www.google.com/amp/s/www.echo.example/a/velka-falls.amp.html",
            "echo.example/a/velka-falls/index.html",
        ],
        expect![[r#"
            echo.example/a/velka-falls
            echo.example/a/velka-falls
            echo.example/a/velka-falls
            echo.example/a/velka-falls
            echo.example/a/velka-falls
            echo.example/a/velka-falls
            echo.example/a/velka-falls
            echo.example/a/velka-falls
            echo.example/a/velka-falls
        "#]],
    );
}

#[test]
fn what_tells_pages_apart_stays() {
    check(
        &[
            "https://echo.example/a?id=3&utm_source=x&page=2",
            "https://echo.example/a?id=4",
            "https://echo.example/A",
            "https://echo.example:8080/a",
            "https://m.example/a",
            "https://news.echo.example/amplifier",
            "https://echo.example/?p=12",
            "https://echo.example/a?output=text",
        ],
        expect![[r#"
            echo.example/a?id=3&page=2
            echo.example/a?id=4
            echo.example/A
            echo.example:8080/a
            m.example/a
            news.echo.example/amplifier
            echo.example?p=12
            echo.example/a?output=text
        "#]],
    );
}

#[test]
fn a_front_page_is_no_page() {
    let urls = [
        "https://echo.example/",
        "https://m.echo.example/?utm_source=x",
        "",
        "https://",
    ];
    check(
        &urls,
        expect![[r#"
        none
        none
        none
        none
    "#]],
    );
}

proptest! {
    #[test]
    fn any_text_has_an_address_or_none(url in ".{0,80}") {
        let _ = page_address(&url);
    }

    #[test]
    fn an_address_is_its_own(path in "[a-z]{1,5}(/[a-z]{1,5}){0,3}(\\?[a-z]=[0-9])?") {
        let address = page_address(&format!("https://www.echo.example/{path}")).unwrap();
        prop_assert_eq!(page_address(&address).unwrap(), address);
    }
}
