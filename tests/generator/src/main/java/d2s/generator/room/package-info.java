/**
 * What happens in rooms: people come in, and drafts of events for the life of every kind of room go
 * out.
 */
package d2s.generator.room;
