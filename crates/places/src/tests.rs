//! Which place a name means, by invented tables and, where the shipped one is meant, by real names.

use crate::{Context, Gazetteer, TableError, Toponym, kind_word};
use proptest::prelude::*;

/// Two countries, NO and SU in their tables; towns of one name in both, and a province named as a town.
const TABLE: &str = "name,lat,lon,kind,country,province,population,names
Norrland Republic,10,10,country,NX,,9000000,Norrmark
Sudmark Republic,-40,100,country,SX,,8000000,Sudmark
Velkagrad,10.5,10.5,province,NX,,900000,
Velkagrad,10.6,10.6,town,NX,Velkagrad,400000,
Ostbruck,11,11,town,NX,Velkagrad,20000,Qal-e Ost
Ostbruck,-41,101,town,SX,Lenngau,21000,
Lenngau,-41,101,province,SX,,500000,
Lonelyholm,-42,102,town,SX,,500,
";

fn check(names: &[&str], want: &[&str]) {
    let mut gazetteer = Gazetteer::new();
    gazetteer.add(TABLE).unwrap();
    let toponyms: Vec<Toponym<'_>> = (names.iter().enumerate())
        .map(|(at, name)| {
            let (name, is_part) = match name.strip_suffix(',') {
                Some(name) => (name, true),
                None => (*name, false),
            };
            let (name, kind) = match name.split_once('/') {
                Some((name, word)) => (name, kind_word(word)),
                None => (name, None),
            };
            Toponym {
                name,
                kind,
                within: is_part.then_some(at + 1),
            }
        })
        .collect();
    let places = gazetteer.resolve(&toponyms, &Context::default());
    let shown: Vec<String> = (places.iter())
        .map(|place| match place {
            None => "-".to_string(),
            Some(place) => {
                let country = place.country.as_deref().unwrap_or("?");
                format!("{} {} {country}", place.name, place.kind.name())
            }
        })
        .collect();
    assert_eq!(shown, want, "{names:?}");
}

#[test]
fn the_country_that_is_spoken_of_decides() {
    check(
        &["Norrmark", "Ostbruck"],
        &["Norrland Republic country NX", "Ostbruck town NX"],
    );
    check(
        &["Ostbruck", "Sudmark", "Sudmark"],
        &[
            "Ostbruck town SX",
            "Sudmark Republic country SX",
            "Sudmark Republic country SX",
        ],
    );
}

#[test]
fn nothing_tells() {
    check(&["Ostbruck"], &["-"]);
    check(&["Nowhereville on the Lenn"], &["-"]);
    check(&["", "—", "North"], &["-", "-", "-"]);
}

#[test]
fn the_larger_place_beside_it_decides() {
    check(
        &["Ostbruck,", "Lenngau", "Norrmark", "Norrmark"],
        &[
            "Ostbruck town SX",
            "Lenngau province SX",
            "Norrland Republic country NX",
            "Norrland Republic country NX",
        ],
    );
    // And for the same name elsewhere in the report.
    check(
        &["Ostbruck,", "Lenngau", "Norrmark", "Norrmark", "Ostbruck"],
        &[
            "Ostbruck town SX",
            "Lenngau province SX",
            "Norrland Republic country NX",
            "Norrland Republic country NX",
            "Ostbruck town SX",
        ],
    );
    // None of that name lies there: another is meant, which the table has not.
    check(
        &["Velkagrad,", "Sudmark"],
        &["-", "Sudmark Republic country SX"],
    );
}

#[test]
fn the_word_beside_it_says_the_kind() {
    check(&["Velkagrad"], &["Velkagrad town NX"]);
    check(&["Velkagrad/province"], &["Velkagrad province NX"]);
    check(&["Velkagrad province"], &["Velkagrad province NX"]);
    check(&["province Velkagrad"], &["Velkagrad province NX"]);
}

#[test]
fn other_forms_of_a_name() {
    check(
        &["Norrmark", "Qal-é Ost"],
        &["Norrland Republic country NX", "Ostbruck town NX"],
    );
    check(&["U.S."], &["United States country US"]);
}

/// Far towns have the name of any small place among their foreign forms.
#[test]
fn a_foreign_form_needs_its_country() {
    check(
        &["Norrmark", "Firenze"],
        &["Norrland Republic country NX", "-"],
    );
    check(
        &["Italy", "Firenze"],
        &["Italy country IT", "Florence town IT"],
    );
}

#[test]
fn tables_that_cannot_be_read() {
    let add = |table: &str| Gazetteer::new().add(table);
    assert_eq!(add(""), Err(TableError::Empty));
    assert_eq!(add("name,lat\nVelka,3\n"), Err(TableError::NoColumn("lon")));
    assert_eq!(
        add("name,lat,lon\nVelka,91,3\n"),
        Err(TableError::NoPoint("91, 3".into()))
    );
    assert_eq!(
        add("name,lat,lon,kind\nVelka,1,2,planet\nOst,1,2,town\n,1,2,\n"),
        Ok((
            1,
            vec![
                (2, TableError::NoKind("planet".into())),
                (4, TableError::NoName)
            ]
        ))
    );
}

#[test]
fn a_dump_of_geonames() {
    let line = |id: u32, name: &str, others: &str, class: &str, code: &str| {
        format!(
            "{id}\t{name}\t{name}\t{others}\t1.5\t2.5\t{class}\t{code}\tNX\t\t07\t\t\t\t3000\t\t1\tZ\t2031-01-01\n"
        )
    };
    let dump = line(1, "Lenngau", "", "A", "ADM1")
        + &line(2, "Velkaholm", "Velka Holm,Velkaholmen", "P", "PPL")
        + &line(3, "River Lenn", "", "H", "STM");
    let mut gazetteer = Gazetteer::new();
    assert_eq!(gazetteer.add(&dump), Ok((2, vec![])));
    let name = Toponym {
        name: "Velkaholmen",
        kind: None,
        within: None,
    };
    let place = gazetteer
        .resolve(&[name], &Context::default())
        .remove(0)
        .unwrap();
    assert_eq!(place.geonameid, Some(2));
    assert_eq!(place.province.as_deref(), Some("Lenngau"));
    assert_eq!((place.latitude, place.longitude), (1.5, 2.5));
}

proptest! {
    #[test]
    fn no_table_and_no_name_panics(table in "[\\PC\n\t,;]{0,400}", names in prop::collection::vec("\\PC{0,20}", 0..8), next in 0..9_usize) {
        let mut gazetteer = Gazetteer::new();
        let _ = gazetteer.add(&table);
        let _ = gazetteer.add(&format!("name,lat,lon\n{table}"));
        let toponyms: Vec<Toponym<'_>> = (names.iter())
            .map(|name| Toponym { name, kind: kind_word(name), within: Some(next) })
            .collect();
        prop_assert_eq!(gazetteer.resolve(&toponyms, &Context::default()).len(), names.len());
    }
}
