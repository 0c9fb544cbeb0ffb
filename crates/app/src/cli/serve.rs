//! `rapporteur serve`: the record in a browser.

use super::config::Config;
use super::failure::Failure;
use super::gazetteer::GazetteerArgs;
use super::output::{message, results};
use super::record::{COMPUTING, RecordArgs, room};
use super::{Outcome, clock, input, progress};
use crate::web::{Boundaries, Serving, Site};
use clap::Parser;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::path::PathBuf;

/// Show a record in a browser
#[derive(Parser)]
#[command(after_help = "Examples:
  rapporteur serve --record talks.record
  rapporteur serve --record talks.record --port 8080 --boundaries provinces.geojson
  rapporteur serve --record talks.record --listen 192.0.2.7 --token \"$TOKEN\"

Served to this machine alone where nothing else is said; to others only with a token, which is made where
none is given, and printed with the address. There is no encryption: put a server that has it in front where
others reach this one over a network. Every page has a twin in JSON: .json in place of .html.")]
pub struct Args {
    #[command(flatten)]
    record: RecordArgs,
    /// The address to listen at
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    listen: IpAddr,
    /// The port; 0: any that is free
    #[arg(long, value_name = "PORT", default_value_t = 8020)]
    port: u16,
    /// What whoever asks must know
    #[arg(
        long,
        value_name = "TOKEN",
        env = "RAPPORTEUR_TOKEN",
        hide_env_values = true
    )]
    token: Option<String>,
    /// A name that the pages are asked for by, beside the address; give it once for each
    #[arg(long, value_name = "NAME")]
    host: Vec<String>,
    #[command(flatten)]
    gazetteer: GazetteerArgs,
    #[command(flatten)]
    map: MapArgs,
    /// Who signs judgements where the form does not say [default: the user's name on this machine]
    #[arg(long, value_name = "NAME")]
    author: Option<String>,
}

/// What the map is drawn over.
#[derive(clap::Args)]
pub struct MapArgs {
    /// GeoJSON with areas or lines to draw the map over, in place of the countries
    #[arg(long, value_name = "FILE")]
    boundaries: Option<PathBuf>,
}

impl MapArgs {
    /// Reads them.
    pub fn read(&self, config: &Config) -> Result<Boundaries, Failure> {
        let Some(path) = self.boundaries.as_ref().or(config.boundaries.as_ref()) else {
            return Ok(Boundaries::shipped());
        };
        let bytes = input::bytes(path).map_err(|unread| {
            Failure::given(format!("{}: {}", unread.path, unread.why), unread.hint)
        })?;
        Boundaries::geojson(&String::from_utf8_lossy(&bytes)).map_err(|why| {
            Failure::given(
                format!("{} is no GeoJSON to draw: {why}", input::shown(path)),
                "give a FeatureCollection of polygons or lines in degrees (WGS84)",
            )
        })
    }
}

/// Runs the command.
pub fn run(args: Args) -> Result<Outcome, Failure> {
    let token = match args.token.filter(|token| !token.trim().is_empty()) {
        Some(token) if !is_plain(&token) => {
            return Err(Failure::usage(
                "the token has characters that no cookie can hold",
                "use at least 8 letters, digits, - or _",
            ));
        }
        Some(token) => Some(token),
        None => (!args.listen.is_loopback()).then(crate::web::secret),
    };
    let config = args.record.config()?;
    let (gazetteer, all) = args.gazetteer.read(&config)?;
    let boundaries = args.map.read(&config)?;
    let listener = TcpListener::bind((args.listen, args.port)).map_err(|error| {
        Failure::given(
            format!(
                "cannot listen at {} port {}: {error}",
                args.listen, args.port
            ),
            "give another --port, or 0 for any that is free",
        )
    })?;
    let address = listener.local_addr().map_err(Failure::of_output)?;
    room(&args.record.open()?)?;
    let open = || Site::open(args.record.path(), config.background, gazetteer, boundaries);
    let site = progress::during(COMPUTING, open)?;
    results(&format!("{}\n", shown(address, token.as_deref())))?;
    if !args.listen.is_loopback() {
        message("note: whoever has this address and token can read the record and judge names");
    }
    let serving = Serving {
        hosts: args.host,
        token,
        author: super::judge::user(args.author.or(config.author)).unwrap_or_default(),
        now: || clock::now().ok(),
    };
    crate::web::serve(listener, site, serving).map_err(Failure::of_output)?;
    Ok(Outcome::of(all))
}

/// Can a cookie hold it, and is it long enough to be no guess?
fn is_plain(token: &str) -> bool {
    token.len() >= 8
        && token
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}

/// The address to open.
fn shown(address: SocketAddr, token: Option<&str>) -> String {
    match token {
        Some(token) => format!("http://{address}/?token={token}"),
        None => format!("http://{address}/"),
    }
}
