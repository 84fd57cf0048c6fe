/** The mapping files as pages for a browser, which refer to nothing but each other. */
package d2s.cli.site;
