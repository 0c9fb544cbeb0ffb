//! The map of control: places as markers over the lines of countries, as SVG.

use super::parts::{held, short};
use super::{Context, parts};
use maud::{Markup, html};
use rapporteur_views::desk::{Held, PlaceLine};
use rapporteur_views::words;
use serde_json::Value;
use std::fmt::Write as _;

/// Width of the map, and the least and most height.
const WIDTH: f64 = 760.0;
const HEIGHT: (f64, f64) = (360.0, 520.0);
/// At least so many degrees of north and south are shown.
const LEAST: f64 = 1.6;
/// So many points of boundaries are drawn at most, after which they are drawn more coarsely.
const POINTS: usize = 2_600;
/// Lines may leave their place by so many units at first.
const COARSE: f64 = 0.7;

/// Two numbers of a place: east and north in degrees, or right and down in the map's units.
type Point = (f64, f64);

/// Lines to draw the map over.
#[derive(Debug, Default)]
pub struct Boundaries {
    areas: Vec<Area>,
    /// Where the lines are from, for the foot of the map.
    credit: String,
}

#[derive(Debug)]
struct Area {
    name: String,
    rings: Vec<Ring>,
}

/// Points east and north in degrees, and the box around them.
#[derive(Debug)]
struct Ring {
    points: Vec<Point>,
    least: (f64, f64),
    most: (f64, f64),
}

impl Ring {
    fn new(points: Vec<Point>) -> Option<Ring> {
        let first = *points.first()?;
        let (mut least, mut most) = (first, first);
        for (x, y) in &points {
            least = (least.0.min(*x), least.1.min(*y));
            most = (most.0.max(*x), most.1.max(*y));
        }
        Some(Ring {
            points,
            least,
            most,
        })
    }
}

impl Boundaries {
    /// The shipped table: Natural Earth's countries.
    pub fn shipped() -> Boundaries {
        Boundaries {
            areas: unpacked(include_str!("../../data/boundaries.txt")),
            credit: "Lines: Natural Earth".to_string(),
        }
    }

    /// Areas or lines of a GeoJSON file, in degrees of WGS84, instead.
    ///
    /// # Errors
    /// It is no GeoJSON with a feature that has lines, in words.
    pub fn geojson(text: &str) -> Result<Boundaries, String> {
        let json: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let one = [json.clone()];
        let features = json
            .get("features")
            .and_then(Value::as_array)
            .map_or(&one[..], Vec::as_slice);
        let mut areas = Vec::new();
        for feature in features {
            let shape = feature.get("geometry").unwrap_or(feature);
            let mut rings = Vec::new();
            gather(shape.get("coordinates").unwrap_or(&Value::Null), &mut rings);
            let names = ["name", "NAME", "shapeName", "title"];
            let properties = feature.get("properties");
            let name = names.iter().find_map(|key| properties?.get(key)?.as_str());
            if !rings.is_empty() {
                areas.push(Area {
                    name: name.unwrap_or_default().to_string(),
                    rings,
                });
            }
        }
        match areas.is_empty() {
            true => Err("it has no feature with lines or areas".to_string()),
            false => Ok(Boundaries {
                areas,
                credit: "Lines: as given".to_string(),
            }),
        }
    }
}

/// Every list of points in nested coordinates.
fn gather(coordinates: &Value, rings: &mut Vec<Ring>) {
    let Some(list) = coordinates.as_array() else {
        return;
    };
    let point = |value: &Value| {
        let (x, y) = (value.get(0)?.as_f64()?, value.get(1)?.as_f64()?);
        ((-180.0..=180.0).contains(&x) && (-90.0..=90.0).contains(&y)).then_some((x, y))
    };
    let points: Option<Vec<Point>> = list.iter().map(point).collect();
    match points {
        Some(points) if points.len() > 1 => rings.extend(Ring::new(points)),
        _ => list.iter().for_each(|inner| gather(inner, rings)),
    }
}

/// The table that tools/boundaries writes.
fn unpacked(table: &str) -> Vec<Area> {
    let mut arcs: Vec<Vec<Point>> = Vec::new();
    let mut areas = Vec::new();
    for line in table.lines() {
        if let Some(letters) = line.strip_prefix("a ") {
            arcs.push(points(letters));
        } else if let Some((name, rings)) = line.strip_prefix("c ").and_then(|l| l.split_once('\t'))
        {
            let ring = |numbers: &str| {
                let mut all: Vec<Point> = Vec::new();
                for number in numbers.split(',') {
                    let (back, number) = match number.strip_prefix('~') {
                        Some(number) => (true, number),
                        None => (false, number),
                    };
                    let arc = number
                        .parse()
                        .ok()
                        .and_then(|number: usize| arcs.get(number))?;
                    match back {
                        true => all.extend(arc.iter().rev()),
                        false => all.extend(arc),
                    }
                }
                Ring::new(all)
            };
            areas.push(Area {
                name: name.to_string(),
                rings: rings.split(';').filter_map(ring).collect(),
            });
        }
    }
    areas
}

fn points(letters: &str) -> Vec<Point> {
    let mut numbers: Vec<i64> = Vec::new();
    let (mut number, mut shift) = (0_i64, 0);
    for letter in letters.bytes() {
        let bits = i64::from(letter.saturating_sub(63));
        number |= (bits & 31) << shift.min(40);
        shift += 5;
        if bits & 32 == 0 {
            numbers.push((number >> 1) ^ -(number & 1));
            (number, shift) = (0, 0);
        }
    }
    let (mut x, mut y) = (0, 0);
    (numbers.chunks_exact(2))
        .map(|step| {
            x += step.first().unwrap_or(&0);
            y += step.get(1).unwrap_or(&0);
            (x as f64 / 100.0, y as f64 / 100.0)
        })
        .collect()
}

/// What of the earth is drawn, and how: plate carrée, true to scale along the middle.
struct View {
    west: f64,
    north: f64,
    east: f64,
    south: f64,
    /// Units a degree of longitude, and of latitude.
    scale: (f64, f64),
    height: f64,
}

impl View {
    fn around(points: &[Point]) -> Option<View> {
        let (first, rest) = points.split_first()?;
        let (mut south, mut north, mut west, mut east) = (first.0, first.0, first.1, first.1);
        for (n, e) in rest {
            (south, north) = (south.min(*n), north.max(*n));
            (west, east) = (west.min(*e), east.max(*e));
        }
        let middle = f64::midpoint(south, north);
        let squeeze = middle.to_radians().cos().max(0.2);
        let tall = ((north - south) * 1.3).clamp(LEAST, 170.0);
        let wide = ((east - west) * 1.3).max(LEAST / squeeze).min(360.0);
        let height = (WIDTH * tall / (wide * squeeze)).clamp(HEIGHT.0, HEIGHT.1);
        // What the height cannot hold, the width must.
        let unit = (height / tall).min(WIDTH / (wide * squeeze));
        let (tall, wide) = (height / unit, WIDTH / (unit * squeeze));
        let centre = f64::midpoint(west, east);
        Some(View {
            west: centre - wide / 2.0,
            east: centre + wide / 2.0,
            north: middle + tall / 2.0,
            south: middle - tall / 2.0,
            scale: (unit * squeeze, unit),
            height,
        })
    }

    fn at(&self, north: f64, east: f64) -> (f64, f64) {
        (
            (east - self.west) * self.scale.0,
            (self.north - north) * self.scale.1,
        )
    }

    fn sees(&self, ring: &Ring) -> bool {
        ring.most.0 >= self.west
            && ring.least.0 <= self.east
            && ring.most.1 >= self.south
            && ring.least.1 <= self.north
    }
}

/// Cuts a ring to the frame, with a margin, side after side (Sutherland and Hodgman).
fn clipped(ring: &[Point], height: f64) -> Vec<Point> {
    const MARGIN: f64 = 12.0;
    type Inside = fn(&(f64, f64), f64) -> bool;
    let sides: [(bool, f64, Inside); 4] = [
        (true, -MARGIN, |p, at| p.0 >= at),
        (true, WIDTH + MARGIN, |p, at| p.0 <= at),
        (false, -MARGIN, |p, at| p.1 >= at),
        (false, height + MARGIN, |p, at| p.1 <= at),
    ];
    let mut points = ring.to_vec();
    for (upright, at, inside) in sides {
        let mut kept = Vec::with_capacity(points.len());
        let Some(mut last) = points.last().copied() else {
            break;
        };
        for point in points {
            let crossing = || {
                let part = match upright {
                    true => (at - last.0) / (point.0 - last.0),
                    false => (at - last.1) / (point.1 - last.1),
                };
                (
                    last.0 + part * (point.0 - last.0),
                    last.1 + part * (point.1 - last.1),
                )
            };
            match (inside(&last, at), inside(&point, at)) {
                (true, true) => kept.push(point),
                (true, false) => kept.push(crossing()),
                (false, true) => kept.extend([crossing(), point]),
                (false, false) => {}
            }
            last = point;
        }
        points = kept;
    }
    points
}

/// A path in whole units, each step from the last; steps that are too small to be seen are left out.
fn path(points: &[Point], coarse: f64) -> (String, usize) {
    let mut out = String::new();
    let (mut last, mut count): ((i64, i64), usize) = ((0, 0), 0);
    for (x, y) in points {
        let point = (x.round() as i64, y.round() as i64);
        if count == 0 {
            // Writing to a string cannot fail.
            let _ = write!(out, "M{} {}l", point.0, point.1);
        } else {
            let (dx, dy) = (point.0 - last.0, point.1 - last.1);
            if ((dx * dx + dy * dy) as f64) < coarse * coarse {
                continue;
            }
            let _ = write!(out, "{dx} {dy} ");
        }
        last = point;
        count += 1;
    }
    out.truncate(out.trim_end().len());
    out.push('z');
    (out, count)
}

/// The areas of a view: names, where these stand, and paths.
fn areas(view: &View, boundaries: &Boundaries) -> Vec<(String, Option<Point>, String)> {
    let mut cut: Vec<(&str, Vec<Vec<Point>>)> = Vec::new();
    for area in &boundaries.areas {
        let rings: Vec<Vec<Point>> = (area.rings.iter())
            .filter(|ring| view.sees(ring))
            .map(|ring| {
                let points: Vec<_> = ring.points.iter().map(|(e, n)| view.at(*n, *e)).collect();
                clipped(&points, view.height)
            })
            .filter(|ring| ring.len() > 2)
            .collect();
        if !rings.is_empty() {
            cut.push((&area.name, rings));
        }
    }
    let mut coarse = COARSE;
    loop {
        let mut all = 0;
        let drawn: Vec<_> = (cut.iter())
            .map(|(name, rings)| {
                let mut path_of = String::new();
                for ring in rings {
                    let (path, count) = path(ring, coarse);
                    if count > 2 {
                        path_of.push_str(&path);
                        all += count;
                    }
                }
                (name.to_string(), middle(rings, view.height), path_of)
            })
            .filter(|(_, _, path)| !path.is_empty())
            .collect();
        if all <= POINTS || coarse > 40.0 {
            return drawn;
        }
        coarse *= 2.0;
    }
}

/// Where the name of an area stands: amid what of it is in the frame, where that is enough.
fn middle(rings: &[Vec<Point>], height: f64) -> Option<Point> {
    let area = |ring: &[Point]| -> f64 {
        let next = ring.iter().cycle().skip(1);
        ring.iter()
            .zip(next)
            .map(|(a, b)| a.0 * b.1 - b.0 * a.1)
            .sum::<f64>()
            / 2.0
    };
    let largest = rings
        .iter()
        .max_by(|a, b| area(a).abs().total_cmp(&area(b).abs()))?;
    let size = area(largest);
    if size.abs() < WIDTH * height / 40.0 {
        return None;
    }
    let next = largest.iter().cycle().skip(1);
    let (mut x, mut y) = (0.0, 0.0);
    for (a, b) in largest.iter().zip(next) {
        let cross = a.0 * b.1 - b.0 * a.1;
        x += (a.0 + b.0) * cross;
        y += (a.1 + b.1) * cross;
    }
    Some((
        (x / (6.0 * size)).clamp(60.0, WIDTH - 60.0),
        (y / (6.0 * size)).clamp(24.0, height - 24.0),
    ))
}

/// The marker of a status, beside words.
pub fn swatch(class: &str) -> Markup {
    html! {
        svg.swatch viewBox="-9 -9 18 18" width="18" height="18" aria-hidden="true" { (marker(class)) }
    }
}

/// A marker around 0, 0: a colour and a pattern for each status, drawn out so that it needs no definitions.
fn marker(class: &str) -> Markup {
    let lines = match class {
        "retaken" => "M-3 -6v12M0 -7v14M3 -6v12",
        "claimed" => "M-6 3L3 -6M-5 6L6 -5M-2 7L7 -2",
        "contested" => "M-5 -5L5 5M-5 5L5 -5M-7 0h14M0 -7v14",
        "fighting" => {
            "M-3.500 -3h.01M3.500 -3h.01M0 0h.01M-3.500 3h.01M3.500 3h.01M0 -5.500h.01M0 5.500h.01"
        }
        _ => "",
    };
    html! {
        g class=(format!("marker {class}")) {
            circle r="7.500" {}
            @if class == "surrounded" { circle.hole r="4" {} circle.core r="1.800" {} }
            @if !lines.is_empty() { path d=(lines) {} }
        }
    }
}

/// Draws places that have coordinates.
pub fn draw(cx: &Context<'_>, places: &[&PlaceLine]) -> Markup {
    let points: Vec<Point> = places.iter().filter_map(|place| place.at).collect();
    let Some(view) = View::around(&points) else {
        return html! {};
    };
    let drawn = areas(&view, cx.boundaries);
    let markers = spread(&view, places);
    let (km, units) = bar(&view);
    html! {
        figure.map {
            div.view {
                svg #map viewBox=(format!("0 0 {WIDTH:.0} {:.0}", view.height)) role="group"
                    aria-label=(format!("Map: {}; the table below has the same", words::count(markers.len(), "place", "places"))) {
                    rect.sea width=(WIDTH) height=(format!("{:.0}", view.height)) {}
                    g.land aria-hidden="true" {
                        @for (_, _, path) in &drawn { path d=(path) {} }
                    }
                    g.countries aria-hidden="true" {
                        @for (name, at, _) in &drawn {
                            @if let Some((x, y)) = at { text x=(format!("{x:.0}")) y=(format!("{y:.0}")) { (name) } }
                        }
                    }
                    @for Marker { place, x, y, label } in &markers {
                        @let (class, words) = held(place.standing);
                        a href=(format!("#p-{}", rapporteur_views::words::short(&place.id.0))) class=(class)
                            aria-label=(format!("{}: {}, {words}", short(&place.name), short(&place.holder))) {
                            g transform=(format!("translate({x:.1} {y:.1})")) {
                                circle.reach r="12" {}
                                (marker(class))
                                title { (short(&place.name)) ": " (short(&place.holder)) ", " (words) }
                                @if let Some(end) = label {
                                    text.name x=(if *end { -12 } else { 12 }) y="4" text-anchor=(if *end { "end" } else { "start" }) { (brief(&place.name)) }
                                }
                            }
                        }
                    }
                    g.scale transform=(format!("translate(14 {:.0})", view.height - 14.0)) aria-hidden="true" {
                        path d=(format!("M0 -4v4h{units:.0}v-4")) {}
                        text x="4" y="-7" { (km) " km" }
                    }
                }
            }
            figcaption {
                span.legend {
                    @for standing in Held::ALL {
                        @let (class, words) = held(standing);
                        span { (swatch(class)) " " (words) }
                    }
                }
                p.quiet { (cx.boundaries.credit) ", places: GeoNames. The lines say nothing about whose a place is." }
            }
        }
    }
}

fn brief(name: &str) -> String {
    let name: String = name.chars().take(24).collect();
    parts::short(&name)
}

/// A place in its place, and on which side its name stands, if there is room.
struct Marker<'p> {
    place: &'p PlaceLine,
    x: f64,
    y: f64,
    label: Option<bool>,
}

/// Markers in the order of the table; those that would cover another stand a little beside it, and a name is left
/// out where there is no room for it.
fn spread<'p>(view: &View, places: &[&'p PlaceLine]) -> Vec<Marker<'p>> {
    let mut markers: Vec<Marker<'p>> = Vec::new();
    for place in places {
        let Some((north, east)) = place.at else {
            continue;
        };
        let (mut x, mut y) = view.at(north, east);
        for turn in 0..24 {
            let covered = markers.iter().any(|m| (m.x - x).hypot(m.y - y) < 16.0);
            if !covered {
                break;
            }
            // Around and outwards.
            let angle = f64::from(turn) * 2.4;
            let away = 9.0 + f64::from(turn) * 2.0;
            let (home_x, home_y) = view.at(north, east);
            (x, y) = (home_x + away * angle.cos(), home_y + away * angle.sin());
        }
        markers.push(Marker {
            place,
            x,
            y,
            label: None,
        });
    }
    // Boxes that are taken: the markers first.
    let mut taken: Vec<(f64, f64, f64, f64)> = markers
        .iter()
        .map(|m| (m.x - 9.0, m.y - 9.0, m.x + 9.0, m.y + 9.0))
        .collect();
    for marker in &mut markers {
        let wide = 7.4 * brief(&marker.place.name).chars().count() as f64;
        for end in [false, true] {
            let from = if end {
                marker.x - 12.0 - wide
            } else {
                marker.x + 12.0
            };
            let box_of = (from, marker.y - 8.0, from + wide, marker.y + 7.0);
            let free = box_of.0 >= 2.0
                && box_of.2 <= WIDTH - 2.0
                && !taken
                    .iter()
                    .any(|t| box_of.0 < t.2 && t.0 < box_of.2 && box_of.1 < t.3 && t.1 < box_of.3);
            if free {
                taken.push(box_of);
                marker.label = Some(end);
                break;
            }
        }
    }
    markers
}

/// A round number of kilometres and how long it is drawn.
fn bar(view: &View) -> (u32, f64) {
    let unit_a_km = view.scale.1 / 111.2;
    let steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000];
    let fits = |km: &&u32| f64::from(**km) * unit_a_km <= 130.0;
    let km = steps.iter().rev().find(fits).unwrap_or(&1);
    (*km, f64::from(*km) * unit_a_km)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_table_has_countries_with_closed_rings() {
        let boundaries = Boundaries::shipped();
        assert!(boundaries.areas.len() > 200, "{}", boundaries.areas.len());
        let iceland = boundaries
            .areas
            .iter()
            .find(|area| area.name == "Iceland")
            .unwrap();
        let ring = &iceland.rings[0];
        assert_eq!(ring.points.first(), ring.points.last());
        assert!((-25.0..-13.0).contains(&ring.least.0) && (63.0..67.0).contains(&ring.least.1));
    }

    #[test]
    fn geojson_of_any_depth() {
        let text = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"North"},
            "geometry":{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]],[[[5,5],[6,5],[6,6],[5,5]]]]}}]}"#;
        let given = Boundaries::geojson(text).unwrap();
        assert_eq!((given.areas.len(), given.areas[0].rings.len()), (1, 2));
        assert!(Boundaries::geojson("{}").is_err());
        assert!(Boundaries::geojson("no").is_err());
    }

    #[test]
    fn what_is_outside_is_cut_off() {
        let square = [
            (-100.0, -100.0),
            (900.0, -100.0),
            (900.0, 900.0),
            (-100.0, 900.0),
        ];
        let cut = clipped(&square, 400.0);
        assert!(
            cut.iter()
                .all(|(x, y)| (-12.0..=772.0).contains(x) && (-12.0..=412.0).contains(y)),
            "{cut:?}"
        );
        assert!(clipped(&[(900.0, 0.0), (950.0, 0.0), (950.0, 50.0)], 400.0).is_empty());
    }
}
