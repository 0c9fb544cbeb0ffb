# Run the main job on the shipped example and show the record.
example:
    cargo run --release --bin rapporteur -- read examples/doha-2021 --record /tmp/example.record
    cargo run --release --bin rapporteur -- show talks --record /tmp/example.record

# Everything that a change must pass.
ci:
    bash .ci/run

# The tests of the README.
test:
    cargo test --workspace

# Format, and fix what clippy can.
fix:
    cargo fmt --all
    cargo clippy --workspace --all-targets --fix --allow-dirty

# Accept inline snapshots as they are printed now.
accept:
    UPDATE_EXPECT=1 cargo test --workspace

# Licences and sources of all dependencies.
deny:
    cargo install --locked cargo-deny
    cargo deny check licenses bans sources
