/**
 * What belongs to users and servers: people and rooms come in, and rows of accounts, keys, media
 * and federation go out.
 */
package d2s.generator.account;
