package d2s.switchover;

/** A Dendrite with one PostgreSQL database is switched. */
class SwitchoverIT extends LivingHomeserver {
  SwitchoverIT() {
    super(Layout.ONE_DATABASE, Acts.all());
  }
}
