package d2s.engine.shop;

import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.sql.SQLException;

/**
 * Two made-up products for tests: a kiosk that is given up for a shop.
 *
 * <p>Each database is made once and copied for every test that changes it.
 */
public final class Shops {

  /** Column types of every kind; a few rows of everything. */
  private static final String[] KIOSK = {
    "create table kiosk_info (release text)",
    "insert into kiosk_info values ('2024-1'), ('2023-9')",
    "create table customers (id bigserial primary key, mail text, name varchar(40), vip boolean,"
        + " joined timestamptz, balance numeric(10,2), tags text[], numbers int8[], photo bytea,"
        + " note jsonb, password text, visits int, share real)",
    "insert into customers (id, mail, name, vip, joined, balance, tags, numbers, photo, note,"
        + " password, visits, share) values"
        + " (1, 'zoe@a.example', 'Zoë', true, '2024-05-06 07:08:09+00', 1.50, '{new,vip}', '{7,8}',"
        + "  '\\x00ff', '{\"likes\": [\"tea\", \"rye\"]}', 'hunter2', 3, 0.5),"
        + " (2, 'ann@a.example', '', false, null, null, null, null, null, null, 'hunter3', 0, null),"
        + " (3, null, 'Nobody', null, null, null, '{}', '{}', '', '{}', 'hunter4', null, null)",
    "create table orders (id bigint primary key, customer_id bigint, placed bigint, cents int,"
        + " details text, labels text[])",
    "insert into orders values"
        + " (10, 1, 1000, 250, '{\"lines\": [{\"article\": \"tea\", \"amount\": 2},"
        + " {\"article\": \"rye\", \"amount\": 1}]}', '{}'),"
        + " (11, 1, 2000, 100, '{\"lines\": []}', null),"
        + " (12, 2, 3000, null, '{}', '{}'),"
        + " (13, 3, 4000, 70, '{}', '{}'),"
        + " (14, 1, 5000, 1, 'not json', '{}')",
    "create table articles (code text, aisle text, cents int8)",
    "insert into articles values ('tea', 'hot', 125), ('rye', 'bread', 300), ('tea', 'cold', 99)",
    "create sequence receipts start 500"
  };

  private static final String[] SHOP = {
    "create table shop_version (version int not null)",
    "insert into shop_version values (3)",
    "create table people (id bigint primary key, mail text not null unique, name text,"
        + " vip boolean not null default false, rank int, seen text, extra jsonb, tags text[],"
        + " numbers int8[], photo bytea, share double precision, short_name varchar(5),"
        + " made timestamptz, price numeric, code uuid)",
    "create table purchases (id bigint generated always as identity primary key,"
        + " person_id bigint not null references people, placed bigint not null, cents int,"
        + " doubled int generated always as (cents * 2) stored)",
    "create table purchase_lines (purchase_id bigint references purchases (id)"
        + " deferrable initially deferred, position int, article text, aisle text, cents bigint)",
    "create table totals (person_id bigint references people, cents bigint not null, vip boolean,"
        + " amounts int8[])",
    "create table summaries (what text primary key, amount bigint)",
    "create table place (name text, value bigint)",
    "insert into place values ('purchases', -1), ('other', -1)",
    "create sequence purchase_number",
    "create sequence other_number start 1000"
  };

  private static TestDatabase kiosk;
  private static TestDatabase shop;

  private Shops() {}

  /** An own copy of the kiosk. */
  public static synchronized TestDatabase kiosk() throws SQLException {
    if (kiosk == null) {
      kiosk = TestPostgres.createDatabase("kiosk");
      kiosk.execute(KIOSK);
    }
    return kiosk.copy("kiosk");
  }

  /** An own copy of a new shop. */
  public static synchronized TestDatabase shop() throws SQLException {
    if (shop == null) {
      shop = TestPostgres.createDatabase("shop");
      shop.execute(SHOP);
    }
    return shop.copy("shop");
  }
}
