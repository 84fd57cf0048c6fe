package d2s.switchover;

import d2s.switchover.act.AbsenceAct;
import d2s.switchover.act.AccessAct;
import d2s.switchover.act.AccountsAct;
import d2s.switchover.act.Act;
import d2s.switchover.act.AdministrationAct;
import d2s.switchover.act.ContentsAct;
import d2s.switchover.act.DirectoryAct;
import d2s.switchover.act.EncryptionAct;
import d2s.switchover.act.FederationAct;
import d2s.switchover.act.ForgeryAct;
import d2s.switchover.act.ForksAct;
import d2s.switchover.act.GapsAct;
import d2s.switchover.act.GuestsAct;
import d2s.switchover.act.InvitesAct;
import d2s.switchover.act.KnockAct;
import d2s.switchover.act.MediaAct;
import d2s.switchover.act.MembershipAct;
import d2s.switchover.act.MessagesAct;
import d2s.switchover.act.NoticesAct;
import d2s.switchover.act.ReadingAct;
import d2s.switchover.act.SignsOfLifeAct;
import d2s.switchover.act.SlidingSyncAct;
import d2s.switchover.act.SpacesAct;
import d2s.switchover.act.ThirdPartyAct;
import d2s.switchover.act.TokensAct;
import d2s.switchover.act.UserDataAct;
import d2s.switchover.act.VersionsAct;
import java.util.List;

/** What happens, in this order. */
final class Acts {
  private Acts() {}

  /** Every act. */
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
        new AbsenceAct(),
        new TokensAct());
  }

  /**
   * Those in which the layout of Dendrite's databases can show: numbers of streams, what goes from
   * one component to another, keys, what waits. With {@code -Dd2s.acts=all} every act.
   */
  static List<Act> ofLayouts() {
    if ("all".equals(System.getProperty("d2s.acts"))) {
      return all();
    }
    return List.of(
        new AccountsAct(),
        new MembershipAct(),
        new InvitesAct(),
        new MessagesAct(),
        new ReadingAct(),
        new UserDataAct(),
        new MediaAct(),
        new SignsOfLifeAct(),
        new EncryptionAct(),
        new AbsenceAct(),
        new TokensAct());
  }
}
