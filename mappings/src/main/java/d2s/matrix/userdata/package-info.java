/** What users keep on their server: account data, tags, receipts, filters, notifications. */
package d2s.matrix.userdata;
