/** What all pages for a browser share: their writing, their looks, and their escaping. */
package d2s.cli.html;
