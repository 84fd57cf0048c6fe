package d2s.switchover;

/** A Dendrite on SQLite is switched. */
class SqliteSwitchoverIT extends LivingHomeserver {
  SqliteSwitchoverIT() {
    super(Layout.SQLITE_FILES, Acts.ofLayouts());
  }
}
