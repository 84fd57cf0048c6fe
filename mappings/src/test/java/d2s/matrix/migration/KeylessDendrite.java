package d2s.matrix.migration;

/** A Dendrite that has lost its keys and indexes, so that its tables can hold anything. */
final class KeylessDendrite {

  /** Drops them all. A Dendrite on SQLite never had the limits that go with them. */
  static final String SQL =
      """
      do $$
      declare k record;
      begin
        for k in select conrelid::regclass::text as t, conname from pg_constraint
                 where connamespace = 'public'::regnamespace and contype in ('f', 'p', 'u') order by contype loop
          execute format('alter table %s drop constraint %I', k.t, k.conname);
        end loop;
        for k in select indexrelid::regclass::text as name from pg_index i join pg_class c on c.oid = i.indrelid
                 where c.relnamespace = 'public'::regnamespace loop
          execute 'drop index ' || k.name;
        end loop;
      end $$
      """;

  private KeylessDendrite() {}
}
