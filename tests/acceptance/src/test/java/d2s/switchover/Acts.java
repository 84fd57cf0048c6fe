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
        new AbsenceAct(),
        new TokensAct());
  }
}
