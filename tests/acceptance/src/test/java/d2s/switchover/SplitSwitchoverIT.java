package d2s.switchover;

/** A Dendrite whose eight components have databases of their own is switched. */
class SplitSwitchoverIT extends LivingHomeserver {
  SplitSwitchoverIT() {
    super(Layout.DATABASE_PER_COMPONENT, Acts.ofLayouts());
  }
}
