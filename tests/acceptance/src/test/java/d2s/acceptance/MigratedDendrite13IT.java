package d2s.acceptance;

/** A Dendrite 0.13.8. */
class MigratedDendrite13IT extends MigratedHomeserver {
  MigratedDendrite13IT() {
    super("scenario13", "dendrite-0.13.8");
  }
}
