package d2s.cli.switchover;

import java.util.List;

/** All acts, in the order in which they happen. */
final class Acts {
  private Acts() {}

  static List<Act> all() {
    return List.of(
        new AccountsAct(),
        new VersionsAct(),
        new MembershipAct(),
        new InvitesAct(),
        new KnockAct(),
        new GuestsAct(),
        new AccessAct(),
        new SpacesAct(),
        new MessagesAct(),
        new ContentsAct(),
        new ReadingAct(),
        new UserDataAct(),
        new MediaAct(),
        new DirectoryAct(),
        new AdministrationAct(),
        new NoticesAct(),
        new ThirdPartyAct(),
        new ForksAct(),
        new ForgeryAct(),
        new GapsAct(),
        new SignsOfLifeAct(),
        new FederationAct(),
        new EncryptionAct(),
        new SlidingSyncAct(),
        new AbsenceAct());
  }
}
