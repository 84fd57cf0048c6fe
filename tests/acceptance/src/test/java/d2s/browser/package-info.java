/** What the program writes for a browser, looked at in one. */
package d2s.browser;
