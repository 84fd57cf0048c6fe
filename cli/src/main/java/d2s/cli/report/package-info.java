/**
 * What a migration and its verification came to, as files: report.json, and report.html for people.
 */
package d2s.cli.report;
