package d2s.cli.linking;

import d2s.cli.linking.Link.ExternalId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What becomes of every line of a file.
 *
 * @param entries in the order of the file
 * @param removals links that must go before the new ones can be made
 * @param additions links that are not there yet
 */
record LinkPlan(List<Entry> entries, Set<Link> removals, Set<Link> additions) {

  /**
   * A line with its whole user ID.
   *
   * @param detail what it collides with, or nothing
   */
  record Entry(long line, Link link, LinkState state, String detail) {

    @Override
    public String toString() {
      return "line " + line + ": " + link + (detail.isEmpty() ? "" : " (" + detail + ")");
    }
  }

  static LinkPlan of(List<LinkFile.Line> lines, Accounts accounts) {
    Builder builder = new Builder(accounts);
    lines.forEach(line -> builder.prepare(line.link()));
    lines.forEach(line -> builder.add(line.number(), line.link()));
    return new LinkPlan(List.copyOf(builder.entries), builder.removals, builder.additions);
  }

  List<Entry> entries(LinkState state) {
    return entries.stream().filter(entry -> entry.state() == state).toList();
  }

  private static final class Builder {

    private final Accounts accounts;
    private final String serverName;
    private final List<Entry> entries = new ArrayList<>();
    private final Set<Link> removals = new LinkedHashSet<>();
    private final Set<Link> additions = new LinkedHashSet<>();

    /** What the whole file says, to see what contradicts. */
    private final Map<ExternalId, Set<String>> users = new HashMap<>();

    private final Map<ExternalId, Set<String>> subs = new HashMap<>();
    private final Set<Link> before = new HashSet<>();

    Builder(Accounts accounts) {
      this.accounts = accounts;
      this.serverName = accounts.serverName().orElse("");
    }

    private Link complete(Link link) {
      return link.user().startsWith("@")
          ? link
          : new Link("@" + link.user() + ":" + serverName, link.provider(), link.sub());
    }

    void prepare(Link written) {
      Link link = complete(written);
      users.computeIfAbsent(link.externalId(), id -> new LinkedHashSet<>()).add(link.user());
      subs.computeIfAbsent(ofUser(link), id -> new LinkedHashSet<>()).add(link.sub());
    }

    private static ExternalId ofUser(Link link) {
      return new ExternalId(link.provider(), link.user());
    }

    void add(long number, Link written) {
      Link link = complete(written);
      if (!before.add(link)) {
        entries.add(new Entry(number, link, LinkState.DUPLICATE, ""));
      } else if (!accounts.has(link.user())) {
        String meant =
            accounts.likeIgnoringCase(link.user()).map(id -> "did you mean " + id + "?").orElse("");
        entries.add(new Entry(number, link, LinkState.UNKNOWN_USER, meant));
      } else if (!accounts.active().get(link.user())) {
        entries.add(new Entry(number, link, LinkState.DEACTIVATED_USER, ""));
      } else if (users.get(link.externalId()).size() > 1) {
        entries.add(
            new Entry(
                number,
                link,
                LinkState.CONTRADICTION,
                "the sub is given to " + String.join(" and ", users.get(link.externalId()))));
      } else if (subs.get(ofUser(link)).size() > 1) {
        entries.add(
            new Entry(
                number,
                link,
                LinkState.CONTRADICTION,
                "the account is given the subs " + String.join(" and ", subs.get(ofUser(link)))));
      } else {
        compare(number, link);
      }
    }

    private void compare(long number, Link link) {
      String linked = accounts.links().get(link.externalId());
      List<String> others = new ArrayList<>(accounts.subs(link.user(), link.provider()));
      others.remove(link.sub());
      if (link.user().equals(linked) && others.isEmpty()) {
        entries.add(new Entry(number, link, LinkState.SAME, ""));
        return;
      }
      List<String> details = new ArrayList<>();
      if (linked != null && !linked.equals(link.user())) {
        removals.add(new Link(linked, link.provider(), link.sub()));
        details.add("now " + linked);
      }
      for (String sub : others) {
        removals.add(new Link(link.user(), link.provider(), sub));
        details.add("now " + sub);
      }
      if (!link.user().equals(linked)) {
        additions.add(link);
      }
      LinkState state =
          linked != null && !linked.equals(link.user())
              ? LinkState.OF_ANOTHER_USER
              : others.isEmpty() ? LinkState.NEW : LinkState.OTHER_SUB;
      entries.add(new Entry(number, link, state, String.join(", ", details)));
    }
  }
}
