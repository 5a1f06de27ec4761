//! Opening: what is created, migrated and refused.
#![allow(clippy::unwrap_used)]
use super::*;

fn folder() -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("bilat.db");
    (dir, path)
}

fn refused(path: &Path, mode: Mode) -> Error {
    let before = std::fs::read(path).ok();
    let e = Workspace::open(path, mode).unwrap_err();
    assert_eq!(std::fs::read(path).ok(), before, "refused and changed: {e}");
    assert!(e.to_string().contains("bilat.db"), "{e}");
    e
}

#[test]
fn reading_creates_nothing() {
    let (_dir, path) = folder();
    let e = refused(&path, Mode::Read);
    assert!(matches!(e.trouble, Trouble::Missing), "{e}");
    assert!(!path.exists());
    // Created and killed before anything was written.
    std::fs::write(&path, "").unwrap();
    assert!(matches!(
        refused(&path, Mode::Read).trouble,
        Trouble::Missing
    ));
    Workspace::open(&path, Mode::Write).unwrap();
    Workspace::open(&path, Mode::Read).unwrap();
}

#[test]
#[cfg(unix)]
fn nobody_else_may_read_the_file() {
    use std::os::unix::fs::PermissionsExt;
    let (_dir, path) = folder();
    Workspace::open(&path, Mode::Write).unwrap();
    let mode = std::fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn what_is_no_workspace_is_refused() {
    let (dir, path) = folder();
    std::fs::write(&path, "Dear reader, this is a letter and not a database.").unwrap();
    let e = refused(&path, Mode::Write);
    assert!(matches!(e.trouble, Trouble::Foreign { .. }), "{e}");
    std::fs::remove_file(&path).unwrap();
    let other = Connection::open(&path).unwrap();
    other
        .execute_batch("CREATE TABLE songs (title TEXT)")
        .unwrap();
    drop(other);
    for mode in [Mode::Read, Mode::Write] {
        let e = refused(&path, mode);
        assert!(e.to_string().contains("another program's"), "{e}");
    }
    let e = Workspace::open(dir.path(), Mode::Write).unwrap_err();
    assert!(e.to_string().contains("it is a folder"), "{e}");
}

#[test]
fn a_later_schema_is_refused() {
    let (_dir, path) = folder();
    drop(Workspace::open(&path, Mode::Write).unwrap());
    let db = Connection::open(&path).unwrap();
    db.pragma_update(None, "journal_mode", "DELETE").unwrap();
    db.pragma_update(None, "user_version", 99).unwrap();
    drop(db);
    for mode in [Mode::Read, Mode::Write] {
        let e = Workspace::open(&path, mode).unwrap_err();
        assert!(matches!(e.trouble, Trouble::Newer { found: 99, .. }), "{e}");
    }
    let db = Connection::open(&path).unwrap();
    assert_eq!(version(&db).unwrap(), 99);
}

#[test]
fn each_earlier_schema_is_brought_up_to_date_and_copied_before() {
    for from in 1..MIGRATIONS.len() {
        let (dir, path) = folder();
        drop(Workspace::opened(&path, Mode::Write, &MIGRATIONS[..from]).unwrap());
        let db = Connection::open(&path).unwrap();
        let insert = "INSERT INTO command DEFAULT VALUES;
                      INSERT INTO operation (command, kind, at, what) VALUES (1, 'x', 'y', 'z')";
        db.execute_batch(insert).unwrap();
        drop(db);
        let e = Workspace::open(&path, Mode::Read).unwrap_err();
        assert!(e.to_string().contains("brings it up to date"), "{e}");
        let w = Workspace::open(&path, Mode::Write).unwrap();
        assert_eq!(version(&w.db).unwrap(), MIGRATIONS.len() as i64);
        assert_eq!(w.operations(5).unwrap().len(), 1);
        assert!(w.verify().unwrap().wrong.is_empty());
        let copy = dir.path().join(format!("bilat.db.schema-{from}"));
        let copy = Connection::open(copy).unwrap();
        assert_eq!(version(&copy).unwrap(), from as i64);
        let n: i64 = copy
            .query_row("SELECT count(*) FROM operation", [], |r| r.get(0))
            .unwrap();
        assert_eq!(n, 1);
    }
}

#[test]
fn a_migration_that_fails_changes_nothing() {
    let (_dir, path) = folder();
    drop(Workspace::open(&path, Mode::Write).unwrap());
    let mut steps = MIGRATIONS.to_vec();
    steps.push("CREATE TABLE extra (x); CREATE TABLE broken (");
    assert!(Workspace::opened(&path, Mode::Write, &steps).is_err());
    let w = Workspace::open(&path, Mode::Write).unwrap();
    assert_eq!(version(&w.db).unwrap(), MIGRATIONS.len() as i64);
    let sql = "SELECT count(*) FROM sqlite_schema WHERE name = 'extra'";
    assert_eq!(w.db.query_row(sql, [], |r| r.get::<_, i64>(0)).unwrap(), 0);
}

#[test]
fn times_are_taken_in_any_zone_and_kept_in_one() {
    assert_eq!(
        time("2026-02-01T08:00:00.123+02:00").unwrap(),
        "2026-02-01T06:00:00Z"
    );
    for bad in ["", "2026", "2026-02-01", "2026-02-01T08:00:00", "now"] {
        assert!(time(bad).is_err(), "{bad}");
    }
}
