/** What is needed from the configuration files of the two servers. */
package d2s.cli.configuration;
