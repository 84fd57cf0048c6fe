package d2s.acceptance;

/** A Dendrite 0.15.2. */
class MigratedDendrite15IT extends MigratedHomeserver {
  MigratedDendrite15IT() {
    super("scenario15", "dendrite-0.15.2");
  }
}
